/** The whole policy as a form, in sections; what one looks for is found by a word of its name. */
import { useState } from 'preact/hooks';
import type { PolicyField } from '../../../../whatif/fields.ts';
import { changes } from './draft.ts';
import { Field } from './field.tsx';

type Section = { readonly name: string; readonly has: (key: string) => boolean };

const SECTIONS: readonly Section[] = [
  { name: 'Thresholds', has: (key) => key.startsWith('thresholds.') && !/\.(?:tier1Of|fittedOn)\./.test(key) },
  { name: 'Switches', has: (key) => key.startsWith('flags.') },
  { name: 'Tier 1 replies by intent', has: (key) => key.startsWith('thresholds.tier1Of.') },
  { name: 'How often and how late', has: (key) => /^(?:replyLimits|replyAges|limits)\./.test(key) },
  { name: 'Channels and closing', has: (key) => key === 'replyChannels' || key === 'autoCloseAllowed' },
  { name: 'Intents: team, tier, templates', has: (key) => key.startsWith('intents.') },
  { name: 'What the thresholds were fitted on', has: (key) => key.startsWith('thresholds.fittedOn.') },
];

export function PolicyFormPanel({ fields }: { fields: readonly PolicyField[] }) {
  const [word, setWord] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(['Thresholds']));
  const wanted = word.trim().toLowerCase();
  const found = fields.filter(({ key, name }) => `${name} ${key}`.toLowerCase().includes(wanted));
  return (
    <section class="panel policy" aria-labelledby="policy">
      <h2 id="policy">The policy</h2>
      <label class="field">
        <span>Find a setting</span>
        <input
          type="search"
          value={word}
          placeholder="tier 1, cooldown, cancel order …"
          onInput={({ currentTarget }) => setWord(currentTarget.value)}
        />
      </label>
      {wanted !== '' ? (
        <Settings fields={found} />
      ) : (
        SECTIONS.map(({ name, has }) => {
          const own = fields.filter(({ key }) => has(key));
          const edited = own.filter(({ key }) => Object.hasOwn(changes.value, key)).length;
          return (
            <details
              key={name}
              class="section"
              open={open.has(name)}
              onToggle={({ currentTarget }) => setOpen((before) => withName(before, name, currentTarget.open))}
            >
              <summary>
                {name} {edited > 0 ? <span class="badge suppressed">{edited} changed</span> : null}
              </summary>
              {/* A closed section has nothing to show, and there are hundreds of settings. */}
              {open.has(name) ? <Settings fields={own} /> : null}
            </details>
          );
        })
      )}
    </section>
  );
}

function Settings({ fields }: { fields: readonly PolicyField[] }) {
  if (fields.length === 0) return <p class="empty">No setting has that in its name.</p>;
  return (
    <div class="settings">
      {fields.map((field) => (
        <Field key={field.key} field={field} />
      ))}
    </div>
  );
}

function withName(names: ReadonlySet<string>, name: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(names);
  if (isIn) next.add(name);
  else next.delete(name);
  return next;
}

/** The runtime flags, and one of them in a panel: its history, and a change that carries the version it is based on. */
import { useState } from 'preact/hooks';
import { TEMPLATE_FLAG_PREFIX } from '../../../../../events/flags.ts';
import type { SeenFlag } from '../../../actions/switches.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { FlagDialog } from './flag.tsx';
import { valueText } from './values.ts';

export function Flags({
  flags,
  onLadder,
  onChanged,
}: {
  flags: readonly SeenFlag[];
  /** Those that the levels write. */
  onLadder: ReadonlySet<string>;
  onChanged: () => void;
}) {
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const wanted = typed.trim().toLowerCase();
  const [isWhole, setIsWhole] = useState(false);
  const found = flags.filter(
    ({ name, meaning }) =>
      `${name} ${meaning}`.toLowerCase().includes(wanted) && (isWhole || wanted !== '' || !isOfTemplate(name)),
  );
  const columns: readonly Column<SeenFlag>[] = [
    {
      name: 'Flag',
      show: ({ name, meaning }) => (
        <>
          <button type="button" class="as-link" onClick={() => setOpen(name)}>
            {name}
          </button>
          <br />
          <small class="quiet">{meaning}</small>
        </>
      ),
    },
    {
      name: 'Value',
      show: ({ value, safe }) => (
        <span class={valueText(value) === valueText(safe) ? 'quiet' : undefined}>{valueText(value)}</span>
      ),
    },
    { name: 'Safe value', show: ({ safe }) => <span class="quiet">{valueText(safe)}</span> },
    { name: 'Takes', show: ({ takes }) => <span class="quiet">{takes}</span> },
    { name: 'Version', isNumber: true, show: ({ version }) => version },
    {
      name: 'Changed',
      show: ({ changedAt }) => (changedAt === null ? <span class="quiet">never set</span> : <Time at={changedAt} />),
    },
  ];
  return (
    <section class="panel" aria-labelledby="flags">
      <div class="with-search">
        <h2 id="flags">Runtime flags</h2>
        <label class="check">
          <input type="checkbox" checked={isWhole} onChange={(event) => setIsWhole(event.currentTarget.checked)} />
          <span>with those of the templates</span>
        </label>
        <label>
          <span class="unseen">Find a flag</span>
          <input
            type="search"
            placeholder="Find a flag"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
      </div>
      <Table
        caption="Runtime flags"
        columns={columns}
        rows={found}
        keyOf={({ name }) => name}
        empty="No flag has that in its name or meaning."
      />
      <FlagDialog
        name={open}
        isOnLadder={open !== null && onLadder.has(open)}
        onClose={() => setOpen(null)}
        onChanged={onChanged}
      />
    </section>
  );
}

/** They stand on the ladder, under level 1. */
const isOfTemplate = (name: string): boolean => name.startsWith(TEMPLATE_FLAG_PREFIX);

/** What differs from the release, and what no release may hold. */
import { THRESHOLDS, type Thresholds, thresholdProblems } from '../../../../../policy/thresholds.ts';
import type { PolicyField } from '../../../../whatif/fields.ts';
import { Notice } from '../../parts/notice.tsx';
import { backToShipped, changed, changes, typed } from './draft.ts';
import { valueText } from './field.tsx';

export function Changed({ fields }: { fields: readonly PolicyField[] }) {
  const own = fields.filter(({ key }) => Object.hasOwn(changes.value, key));
  const problems = thresholdProblems(draftThresholds());
  return (
    <section aria-labelledby="changed">
      <h2 id="changed">Changed: {changed.value === 0 ? 'nothing yet' : changed.value}</h2>
      <ul class="changed-list">
        {own.map((field) => (
          <li key={field.key}>
            <span>{field.name}</span>
            <span>
              <s>{valueText(field, field.shipped)}</s> → <b>{valueText(field, changes.value[field.key] ?? null)}</b>
            </span>
            <button type="button" class="small" onClick={() => backToShipped(field.key)}>
              Undo<span class="unseen">: {field.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {own.length > 1 ? (
        <button
          type="button"
          class="small"
          onClick={() => {
            changes.value = {};
            typed.value = {};
          }}
        >
          Everything back to shipped
        </button>
      ) : null}
      {problems.length > 0 ? (
        <Notice kind="plain">
          It may be tried here, but no release may hold it:
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </section>
  );
}

function draftThresholds(): Thresholds {
  const draft: Record<string, unknown> = { ...THRESHOLDS, tier1Of: { ...THRESHOLDS.tier1Of } };
  for (const [key, value] of Object.entries(changes.value)) {
    const [section, first = '', intent] = key.split('.');
    if (section !== 'thresholds') continue;
    if (first === 'tier1Of' && intent !== undefined) Object.assign(draft.tier1Of as object, { [intent]: value });
    else if (intent === undefined) draft[first] = value;
  }
  return draft as Thresholds;
}

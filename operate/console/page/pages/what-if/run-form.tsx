/** Over which time, with which curve, and go. */
import type { PolicyField } from '../../../../whatif/fields.ts';
import { zoneShown } from '../../parts/time.tsx';
import { between, changes, type Span, span, swept } from './draft.ts';

const SPANS: readonly (readonly [Span, string])[] = [
  ['day', 'The last day'],
  ['week', 'The last 7 days'],
  ['all', 'All there is'],
  ['between', 'Between'],
];

export function WindowChoice() {
  return (
    <fieldset class="span">
      <legend>Over which time</legend>
      {SPANS.map(([value, name]) => (
        <label key={value}>
          <input
            type="radio"
            name="span"
            checked={span.value === value}
            onChange={() => {
              span.value = value;
            }}
          />
          {name}
        </label>
      ))}
      {span.value === 'between' ? (
        <div class="between">
          {(['from', 'to'] as const).map((end) => (
            <label key={end} class="field">
              <span>
                {end === 'from' ? 'From' : 'To, not included'} <small>{zoneShown()}</small>
              </span>
              <input
                type="datetime-local"
                value={between.value[end]}
                onInput={({ currentTarget }) => {
                  between.value = { ...between.value, [end]: currentTarget.value };
                }}
              />
            </label>
          ))}
        </div>
      ) : null}
    </fieldset>
  );
}

type NumberField = PolicyField & { readonly kind: 'number' };

/** So far to both sides of what is shipped a curve goes unless told. */
const SHARE_REACH = 0.15;

export function CurveChoice({ fields }: { fields: readonly PolicyField[] }) {
  const numbers = fields.filter((field): field is NumberField => field.kind === 'number' && field.shipped !== null);
  const own = numbers.filter(({ key }) => Object.hasOwn(changes.value, key));
  const others = numbers.filter(({ key }) => key.startsWith('thresholds.') && !own.some((one) => one.key === key));
  const sweep = swept.value;
  return (
    <fieldset class="span">
      <legend>Risk and coverage</legend>
      <label class="field">
        <span>Draw the curve over</span>
        <select
          value={sweep?.key ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const field = numbers.find(({ key }) => key === value);
            swept.value = field === undefined ? null : { key: value, ...rangeOf(field) };
          }}
        >
          <option value="">no setting</option>
          <Options name="Changed" fields={own} />
          <Options name="Thresholds" fields={others} />
        </select>
      </label>
      {sweep === null ? null : (
        <div class="between">
          {(['from', 'to'] as const).map((end) => (
            <label key={end} class="field">
              <span>{end === 'from' ? 'Lowest' : 'Highest'}</span>
              <input
                type="number"
                step="any"
                min="0"
                value={sweep[end]}
                onInput={({ currentTarget }) => {
                  swept.value = { ...sweep, [end]: currentTarget.value };
                }}
              />
            </label>
          ))}
        </div>
      )}
    </fieldset>
  );
}

function Options({ name, fields }: { name: string; fields: readonly NumberField[] }) {
  if (fields.length === 0) return null;
  return (
    <optgroup label={name}>
      {fields.map((field) => (
        <option key={field.key} value={field.key}>
          {field.name}
        </option>
      ))}
    </optgroup>
  );
}

/** Around the shipped value, as wide as the edited one needs. */
function rangeOf({ key, shipped, min, max, step }: NumberField): { from: string; to: string } {
  const base = Number(shipped);
  const edited = Number(changes.value[key] ?? base);
  const reach = max === 1 ? SHARE_REACH : Math.max(step * 5, base);
  const low = Math.max(min, Math.min(base, edited) - reach);
  const high = Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(base, edited) + reach);
  const round = (value: number): string => String(Math.round(value * 100) / 100);
  return { from: round(low), to: round(high) };
}

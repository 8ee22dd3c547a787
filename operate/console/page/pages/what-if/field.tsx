/** One setting of the policy: a field of its own kind, marked where it differs from what is shipped. */
import { useId } from 'preact/hooks';
import type { PolicyField, PolicyValue } from '../../../../whatif/fields.ts';
import { backToShipped, change, changes, spokenTime, unready, valueHeld } from './draft.ts';
import { NumberField } from './number-field.tsx';

export function Field({ field }: { field: PolicyField }) {
  const id = useId();
  const isChanged = Object.hasOwn(changes.value, field.key);
  const isList = field.kind === 'list';
  const about = [field.says, `Shipped: ${valueText(field, field.shipped)}.`].filter((text) => text !== '').join(' ');
  return (
    <div class={`setting${isChanged ? ' changed' : ''}`}>
      {isList ? null : (
        <div>
          <label for={id}>{field.name}</label>
          {isChanged ? <span class="badge suppressed">changed</span> : null}
        </div>
      )}
      {isList ? (
        <Choices field={field} id={id} isChanged={isChanged} />
      ) : (
        <Input field={field} id={id} value={valueHeld(field)} />
      )}
      <small id={`${id}-says`}>{about}</small>
      {isChanged || unready.value.includes(field.key) ? (
        <button type="button" class="small" onClick={() => backToShipped(field.key)}>
          Back to shipped<span class="unseen">: {field.name}</span>
        </button>
      ) : null}
    </div>
  );
}

function Input({ field, id, value }: { field: PolicyField; id: string; value: PolicyValue }) {
  const common = { id, 'aria-describedby': `${id}-says` };
  switch (field.kind) {
    case 'number':
      return <NumberField field={field} id={id} />;
    case 'switch':
    case 'choice': {
      const options = [
        ...(field.open === null ? [] : [null]),
        ...(field.kind === 'switch' ? [true, false] : field.options),
      ];
      return (
        <select
          {...common}
          value={JSON.stringify(value)}
          onChange={({ currentTarget }) => change(field, JSON.parse(currentTarget.value) as PolicyValue)}
        >
          {options.map((option) => (
            <option key={String(option)} value={JSON.stringify(option)}>
              {valueText(field, option)}
            </option>
          ))}
        </select>
      );
    }
    default:
      return (
        <input
          {...common}
          type="text"
          value={value === null ? '' : String(value)}
          placeholder={field.open ?? ''}
          onInput={({ currentTarget: { value: text } }) => change(field, text === '' ? field.shipped : text)}
        />
      );
  }
}

type Listed = PolicyField & { readonly kind: 'list' };

/** A list that is left as recorded becomes one of its own with the first tick. */
function Choices({ field, id, isChanged }: { field: Listed; id: string; isChanged: boolean }) {
  const value = valueHeld(field);
  const chosen = Array.isArray(value) ? value : [];
  return (
    <details class="choices">
      <summary aria-describedby={`${id}-says`}>
        {field.name}: {value === null ? field.open : `${chosen.length} of ${field.options.length}`}
        {isChanged ? <span class="badge suppressed">changed</span> : null}
      </summary>
      <fieldset>
        <legend class="unseen">{field.name}</legend>
        {field.options.map((option) => (
          <label key={option}>
            <input
              type="checkbox"
              checked={chosen.includes(option)}
              onChange={({ currentTarget: { checked } }) =>
                change(
                  field,
                  field.options.filter((one) => (one === option ? checked : chosen.includes(one))),
                )
              }
            />
            {option}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

const ON = 'on';
const OFF = 'off';

export function valueText(field: PolicyField, value: PolicyValue): string {
  if (value === null) return field.open ?? 'nothing';
  if (typeof value === 'boolean') return value ? ON : OFF;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'number' && field.key.endsWith('Ms')) return spokenTime(value);
  return String(value);
}

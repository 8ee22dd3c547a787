/** One setting of the policy: a field of its own kind, marked where it differs from what is shipped. */
import { useId } from 'preact/hooks';
import type { PolicyField, PolicyValue } from '../../../../whatif/fields.ts';
import { backToShipped, change, changes, valueHeld } from './draft.ts';

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
      {isChanged ? (
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
      return (
        <span class="with-unit">
          <input
            {...common}
            type="number"
            min={field.min}
            step={field.step}
            {...(field.max !== null && { max: field.max })}
            value={value === null ? '' : String(value)}
            placeholder={field.open ?? ''}
            onInput={({ currentTarget }) => {
              const { value: text, validity } = currentTarget;
              if (text === '') change(field, field.shipped);
              else if (!validity.rangeOverflow && !validity.rangeUnderflow && !validity.badInput)
                change(field, Number(text));
            }}
            // What was typed and could not be taken gives way to what holds.
            onBlur={({ currentTarget }) => {
              const held = valueHeld(field);
              currentTarget.value = held === null ? '' : String(held);
            }}
          />
          {field.key.endsWith('Ms') && typeof value === 'number' ? <span>{spokenTime(value)}</span> : null}
        </span>
      );
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

function spokenTime(ms: number): string {
  const minutes = ms / 60_000;
  return minutes >= 60 && minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.round(minutes * 100) / 100} min`;
}

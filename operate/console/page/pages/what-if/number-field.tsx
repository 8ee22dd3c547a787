/** A setting that is a number: what was typed stays as it was typed, and what is wrong with it stands below. */
import type { PolicyField } from '../../../../whatif/fields.ts';
import { change, spokenTime, typed, typing, valueHeld } from './draft.ts';
import { readNumber } from './number.ts';

export type NumberSetting = PolicyField & { readonly kind: 'number' };

export function NumberField({ field, id }: { field: NumberSetting; id: string }) {
  const held = valueHeld(field);
  const own = typed.value[field.key];
  const problem = own?.problem ?? null;
  const read = ({ value: text, validity }: HTMLInputElement): void => {
    // What cannot be taken changes nothing: no former number stands for it. An empty field is what is shipped.
    const isEmpty = text === '' && !validity.badInput;
    const found = isEmpty ? { value: field.shipped } : readNumber(field, text, !validity.badInput);
    change(field, 'value' in found ? found.value : field.shipped);
    typing(field.key, { text, problem: 'problem' in found ? found.problem : null });
  };
  return (
    <>
      <span class="with-unit">
        <input
          id={id}
          type="number"
          min={field.min}
          step={field.step}
          {...(field.max !== null && { max: field.max })}
          value={own?.text ?? (held === null ? '' : String(held))}
          placeholder={field.open ?? ''}
          aria-describedby={problem === null ? `${id}-says` : `${id}-problem ${id}-says`}
          aria-invalid={problem !== null}
          onInput={({ currentTarget }) => read(currentTarget)}
          // What was taken is shown as it is held.
          onBlur={() => problem === null && typing(field.key, null)}
        />
        {field.key.endsWith('Ms') && typeof held === 'number' && problem === null ? (
          <span>{spokenTime(held)}</span>
        ) : null}
      </span>
      {problem === null ? null : (
        <span id={`${id}-problem`} class="failed-outcome" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}

/** One of many, found by typing a part of its name and never typed whole. */
import { useState } from 'preact/hooks';

export type Choice = { readonly value: string; readonly note?: string; readonly isDisabled?: boolean };

export function ChoiceList({
  name,
  choices,
  chosen,
  onChoose,
}: {
  name: string;
  choices: readonly Choice[];
  chosen: string | null;
  onChoose: (value: string) => void;
}) {
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
  const found = choices.filter(({ value }) => value.toLowerCase().includes(wanted) || value === chosen);
  return (
    <fieldset class="choice">
      <legend>{name}</legend>
      {choices.length > 6 ? (
        <label class="field">
          <span class="unseen">Find in: {name}</span>
          <input
            type="search"
            placeholder="Find"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
      ) : null}
      <div class="choices">
        {found.map(({ value, note, isDisabled = false }) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              disabled={isDisabled}
              onChange={() => onChoose(value)}
            />
            <span>{value}</span>
            {note === undefined ? null : <small>{note}</small>}
          </label>
        ))}
        {found.length === 0 ? <p class="empty">None has that in its name.</p> : null}
      </div>
    </fieldset>
  );
}

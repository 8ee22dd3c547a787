/** A word to be typed before the button works: nobody types it by a slip. */
export function TypedWord({ word, typed, onType }: { word: string; typed: string; onType: (typed: string) => void }) {
  return (
    <label class="field">
      <span>
        Type <b>{word}</b> to go on
      </span>
      <input
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </label>
  );
}

/** @param onWrite  hears every change */
export function ReasonField({ reason, onWrite }: { reason: string; onWrite: (reason: string) => void }) {
  return (
    <label class="field">
      <span>Reason</span>
      <input
        type="text"
        maxLength={400}
        autocomplete="off"
        value={reason}
        onInput={(event) => onWrite(event.currentTarget.value)}
      />
      <small>One line; it stands in the history with your name.</small>
    </label>
  );
}

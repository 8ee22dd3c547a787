/** The draft as a file for review: what `whatif --policy` takes, and a release is made from. */
import type { PolicyExport } from '../../../actions/what-if.ts';
import { useRead } from '../../api.ts';
import { Refused } from '../../parts/notice.tsx';
import { changed, changes, name, reason, unready } from './draft.ts';

export function Export() {
  const draft = { changes: JSON.stringify(changes.value), name: name.value, reason: reason.value };
  const { value, refusal } = useRead<PolicyExport>('policy-export', changed.value === 0 ? null : draft);
  return (
    <section class="panel" aria-labelledby="export">
      <h2 id="export">For review</h2>
      <p class="quiet">
        The changed settings alone, as a file: somebody looks at it, and a release takes it up. Nothing is in force by
        this page.
      </p>
      <label class="field">
        <span>Name of the change</span>
        <input
          value={name.value}
          maxLength={80}
          placeholder="Fewer intake replies"
          onInput={({ currentTarget }) => {
            name.value = currentTarget.value;
          }}
        />
      </label>
      <label class="field">
        <span>Why</span>
        <textarea
          rows={2}
          value={reason.value}
          maxLength={400}
          placeholder="What was seen, and what this is to mend"
          onInput={({ currentTarget }) => {
            reason.value = currentTarget.value;
          }}
        />
      </label>
      <Refused refusal={refusal} />
      {changed.value === 0 || value === null ? (
        <p class="empty">Change a setting first.</p>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
          <section class="file" aria-label="The file" tabIndex={0}>
            <pre>{value.text}</pre>
          </section>
          <div class="actions">
            <button type="button" disabled={unready.value.length > 0} onClick={() => save(value)}>
              Download {value.name}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

/** Made here, so that what is saved is what is seen. */
function save({ name: file, text }: PolicyExport): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

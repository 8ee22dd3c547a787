/** Takes a stop back: the exit criteria one by one, a reason, and the level's name typed. */
import { useState } from 'preact/hooks';
import type { ExitCriteria } from '../../../../commands/switches.ts';
import type { SeenPlace, SeenRung } from '../../../actions/switches.ts';
import { begin, useRead } from '../../api.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Notice, Refused } from '../../parts/notice.tsx';
import { useOnce } from '../../parts/once.ts';
import { ReasonField, TypedWord } from './typed.tsx';
import { resumeWord, sentence } from './words.ts';

export type Resuming = { readonly rung: SeenRung; readonly place: SeenPlace };

export function ResumeDialog({
  what,
  onClose,
  onBegun,
}: {
  what: Resuming | null;
  onClose: () => void;
  onBegun: (job: number) => void;
}) {
  const name = what === null ? 'Resume' : resumeWord(what.rung, what.place);
  return (
    <Dialog name={name} isOpen={what !== null} onClose={onClose}>
      {what === null ? null : <Form what={what} onClose={onClose} onBegun={onBegun} />}
    </Dialog>
  );
}

function Form({ what, onClose, onBegun }: { what: Resuming; onClose: () => void; onBegun: (job: number) => void }) {
  const { rung, place } = what;
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [isOverride, setIsOverride] = useState(false);
  const asking = useOnce();
  const which = { level: rung.level, ...(place.only !== null && { only: place.only }) };
  const { value, refusal, again } = useRead<ExitCriteria>('exit-criteria', which);
  const isUnmet = value?.criteria.some(({ isMet }) => !isMet) ?? false;
  const isBlocked = value === null || value.first.length > 0 || (isUnmet && !isOverride);
  const isReady = !isBlocked && reason.trim() !== '' && typed.trim() === rung.level;
  const resume = (): void =>
    asking.run(async () => {
      // A stop that somebody sets after this look is not taken back by it.
      const basedOn = value?.version ?? 0;
      onBegun(await begin('resume', { ...which, reason, basedOn, ...(isUnmet && { override: true }) }));
      onClose();
    });
  return (
    <>
      <h3>What will happen</h3>
      <ul class="consequences">
        <li>{sentence(rung.resumed)}</li>
        <li>In force everywhere within 60 s.</li>
        <li>
          {rung.level === 'processing'
            ? 'What came in meanwhile and was not handed on by a recovery replay is stated again, and may be answered.'
            : 'Messages that were settled while it was stopped are not answered afterwards.'}
        </li>
      </ul>
      <h3>Exit criteria</h3>
      <Refused refusal={refusal} />
      {value === null ? <p role="status">looking</p> : <Criteria criteria={value.criteria} first={value.first} />}
      {value === null ? null : (
        <button type="button" onClick={again}>
          Look again
        </button>
      )}
      {isUnmet && value?.first.length === 0 ? (
        <label class="check">
          <input
            type="checkbox"
            checked={isOverride}
            onChange={(event) => setIsOverride(event.currentTarget.checked)}
          />
          <span>Override what is not met; the reason says why it cannot wait</span>
        </label>
      ) : null}
      <ReasonField reason={reason} onWrite={setReason} />
      <TypedWord word={rung.level} typed={typed} onType={setTyped} />
      <Refused refusal={asking.refusal} />
      <div class="actions">
        <button type="button" class="main" disabled={!isReady || asking.isBusy} onClick={resume}>
          {resumeWord(rung, place)}
        </button>
        <button type="button" onClick={onClose}>
          Leave it stopped
        </button>
      </div>
    </>
  );
}

function Criteria({ criteria, first }: Omit<ExitCriteria, 'version'>) {
  return (
    <>
      {first.length > 0 ? (
        <Notice kind="failed">
          <b>Resume {first[0]} first.</b> A weaker level that is resumed under a stronger one would change nothing today
          and surprise tomorrow.
        </Notice>
      ) : null}
      <ul class="criteria" aria-label="Exit criteria">
        {criteria.map(({ name, isMet, wanted, found }) => (
          <li key={`${name} ${found}`} class={isMet ? 'met' : 'unmet'}>
            <b>{isMet ? 'met' : 'not met'}</b>
            <span>
              {name}: {found} <small>(wanted: {wanted})</small>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

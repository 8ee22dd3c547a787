/** Stops something: what, why, and what will and will not happen, before it does. */
import { useState } from 'preact/hooks';
import type { SeenRung } from '../../../actions/switches.ts';
import { begin } from '../../api.ts';
import { ChoiceList } from '../../parts/choice.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Refused } from '../../parts/notice.tsx';
import { useOnce } from '../../parts/once.ts';
import { ReasonField, TypedWord } from './typed.tsx';
import { hasChoices, isGuarded, STOP_WORDS, sentence } from './words.ts';

const PLACE_STATES = { on: undefined, stopped: 'stopped already', never_started: 'never started' } as const;

export function StopDialog({
  rung,
  onClose,
  onBegun,
}: {
  rung: SeenRung | null;
  onClose: () => void;
  onBegun: (job: number) => void;
}) {
  return (
    <Dialog name={rung === null ? 'Stop' : STOP_WORDS[rung.level]} isOpen={rung !== null} onClose={onClose}>
      {rung === null ? null : <Form rung={rung} onClose={onClose} onBegun={onBegun} />}
    </Dialog>
  );
}

function Form({ rung, onClose, onBegun }: { rung: SeenRung; onClose: () => void; onBegun: (job: number) => void }) {
  const [only, setOnly] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const asking = useOnce();
  const wantsOnly = hasChoices(rung);
  const isReady =
    (!wantsOnly || only !== null) && reason.trim() !== '' && (!isGuarded(rung) || typed.trim() === rung.level);
  const stop = (): void =>
    asking.run(async () => {
      const job = await begin('stop', { level: rung.level, reason, ...(only !== null && { only }) });
      onBegun(job);
      onClose();
    });
  return (
    <>
      {wantsOnly ? (
        <ChoiceList
          name={`Which ${rung.level}`}
          chosen={only}
          onChoose={setOnly}
          choices={rung.places.map(({ only: value, state }) => {
            const note = PLACE_STATES[state];
            return { value: value ?? '', ...(note !== undefined && { note, isDisabled: true }) };
          })}
        />
      ) : null}
      <h3>What will happen</h3>
      <ul class="consequences">
        <li>{sentence(rung.effect)}</li>
        <li>
          A reply that is being sent at this moment is waited for. After that no message that this forbids begins.
        </li>
      </ul>
      <h3>What goes on</h3>
      <ul class="consequences">
        <li>{sentence(rung.goesOn)}</li>
        <li>Nothing that was sent is taken back.</li>
      </ul>
      <ReasonField reason={reason} onWrite={setReason} />
      {isGuarded(rung) ? <TypedWord word={rung.level} typed={typed} onType={setTyped} /> : null}
      <Refused refusal={asking.refusal} />
      <div class="actions">
        <button type="button" class="danger" disabled={!isReady || asking.isBusy} onClick={stop}>
          {only === null ? STOP_WORDS[rung.level] : `Stop ${only}`}
        </button>
        <button type="button" onClick={onClose}>
          Leave it on
        </button>
      </div>
    </>
  );
}

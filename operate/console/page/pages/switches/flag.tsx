/** One flag: value, history, and a change in two steps. */
import { useState } from 'preact/hooks';
import type { SeenFlag } from '../../../actions/switches.ts';
import { act, Refusal, useRead } from '../../api.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Notice, Refused } from '../../parts/notice.tsx';
import { useOnce } from '../../parts/once.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { ReasonField } from './typed.tsx';
import { toggled, typedOf, valueText } from './values.ts';

type Change = {
  readonly version: number;
  readonly value: string;
  readonly at: string;
  readonly by: string | null;
  readonly reason: string | null;
};
type Whole = SeenFlag & { readonly history: readonly Change[] };
type Shown = Change & { readonly before: string };

const COLUMNS: readonly Column<Shown>[] = [
  { name: 'When', show: ({ at }) => <Time at={at} /> },
  { name: 'Who', show: ({ by }) => by ?? 'without the command line' },
  {
    name: 'From → to',
    show: ({ before, value }) => (
      <>
        {before} → <b>{value}</b>
      </>
    ),
  },
  { name: 'Reason', show: ({ reason }) => reason ?? '' },
  { name: 'Version', isNumber: true, show: ({ version }) => version },
];

export function FlagDialog({
  name,
  isOnLadder,
  onClose,
  onChanged,
}: {
  name: string | null;
  isOnLadder: boolean;
  onClose: () => void;
  onChanged: () => void;
}) {
  return (
    <Dialog name={`Flag ${name ?? ''}`} isOpen={name !== null} onClose={onClose}>
      {name === null ? null : <Panel name={name} isOnLadder={isOnLadder} onClose={onClose} onChanged={onChanged} />}
    </Dialog>
  );
}

function Panel({
  name,
  isOnLadder,
  onClose,
  onChanged,
}: {
  name: string;
  isOnLadder: boolean;
  onClose: () => void;
  onChanged: () => void;
}) {
  const { value: flag, refusal, again } = useRead<Whole>('flag', { name });
  if (flag === null)
    return (
      <>
        <Refused refusal={refusal} />
        <p role="status">loading</p>
      </>
    );
  const history = flag.history.map((change, index) => ({
    ...change,
    // The newest comes first; what stood before is the next in the list.
    before: flag.history[index + 1]?.value ?? 'not set',
  }));
  return (
    <>
      <p>{flag.meaning}.</p>
      <dl class="pairs">
        <dt>Value</dt>
        <dd>{valueText(flag.value)}</dd>
        <dt>Safe value</dt>
        <dd>{valueText(flag.safe)}</dd>
        <dt>Takes</dt>
        <dd>{flag.takes}</dd>
      </dl>
      <h3>History</h3>
      <Table
        caption={`History of ${name}`}
        columns={COLUMNS}
        rows={history}
        keyOf={({ version }) => String(version)}
        empty="Never set: the safe value is in force."
      />
      {isOnLadder ? (
        <Notice kind="plain">A level above writes this flag: stop and resume it there, where it is verified.</Notice>
      ) : (
        // As it was when it was read: a change that somebody made meanwhile is not written over.
        <ChangeForm
          key={flag.version}
          flag={flag}
          onDone={() => {
            again();
            onChanged();
          }}
          onLookAgain={again}
        />
      )}
      <div class="actions">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </>
  );
}

function ChangeForm({ flag, onDone, onLookAgain }: { flag: Whole; onDone: () => void; onLookAgain: () => void }) {
  const [value, setValue] = useState(typedOf(flag.value));
  const [reason, setReason] = useState('');
  const [isSure, setIsSure] = useState(false);
  const [isAnswered, setIsAnswered] = useState(false);
  const asking = useOnce();
  const isSame = value === typedOf(flag.value);
  const opensThePast = asking.refusal?.code === 'confirmation_needed';
  const change = (): void => {
    // An answer is to the question that stands there, and to one change: asked again, it is given again.
    const yes = opensThePast && isAnswered;
    setIsAnswered(false);
    asking.run(async () => {
      await act('set-flag', {
        name: flag.name,
        value,
        reason,
        basedOn: flag.version,
        ...(yes && { yes }),
      });
      onDone();
    });
  };
  const write = (next: string): void => {
    setValue(next);
    setIsAnswered(false);
  };
  return (
    <>
      <h3>Change it</h3>
      {isSure ? (
        <>
          <Notice kind="wait">
            <b>
              {flag.name}: {valueText(flag.value)} → {value}
            </b>
            , on version {flag.version}. In force everywhere within 60 s; before every reply at once.
          </Notice>
          <RefusedChange refusal={asking.refusal} onLookAgain={onLookAgain} />
          {opensThePast ? (
            <label class="check">
              <input
                type="checkbox"
                checked={isAnswered}
                onChange={(event) => setIsAnswered(event.currentTarget.checked)}
              />
              <span>None of those messages was answered, and they may be</span>
            </label>
          ) : null}
          <div class="actions">
            <button type="button" class="main" disabled={asking.isBusy} onClick={change}>
              Set {flag.name} to {value}
            </button>
            <button type="button" onClick={() => setIsSure(false)}>
              Back
            </button>
          </div>
        </>
      ) : (
        <>
          <ValueField flag={flag} value={value} onChange={write} />
          <ReasonField reason={reason} onWrite={setReason} />
          <div class="actions">
            <button
              type="button"
              disabled={isSame || value.trim() === '' || reason.trim() === ''}
              onClick={() => {
                asking.forget();
                setIsAnswered(false);
                setIsSure(true);
              }}
            >
              Look at the change
            </button>
          </div>
        </>
      )}
    </>
  );
}

/** A lost race says who and when; the panel shows what stands now. */
function RefusedChange({ refusal, onLookAgain }: { refusal: Refusal | null; onLookAgain: () => void }) {
  if (refusal?.code !== 'version_conflict') return <Refused refusal={refusal} />;
  const told = new Refusal(refusal.code, refusal.message, 'look at it as it is now, then decide again');
  return (
    <>
      <Refused refusal={told} />
      <button type="button" onClick={onLookAgain}>
        Show it as it is now
      </button>
    </>
  );
}

function ValueField({ flag, value, onChange }: { flag: Whole; value: string; onChange: (value: string) => void }) {
  const { choices, isList, takes } = flag;
  if (choices !== null && isList)
    return (
      <fieldset class="choice">
        <legend>New value</legend>
        <div class="choices">
          {choices.map((entry) => (
            <label key={entry}>
              <input
                type="checkbox"
                checked={value.split(',').includes(entry)}
                onChange={() => onChange(toggled(value, entry))}
              />
              <span>{entry}</span>
            </label>
          ))}
        </div>
      </fieldset>
    );
  if (choices !== null)
    return (
      <label class="field">
        <span>New value</span>
        <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {choices.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <label class="field">
      <span>New value</span>
      <input type="text" autocomplete="off" value={value} onInput={(event) => onChange(event.currentTarget.value)} />
      <small>{takes}</small>
    </label>
  );
}

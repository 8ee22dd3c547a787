/** A batch of dead letters goes back, or is given up: what will become of each, and what became of it. */
import { useState } from 'preact/hooks';
import type { LetterGroup } from '../../../actions/dead-letters.ts';
import { act } from '../../api.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Notice, Refused } from '../../parts/notice.tsx';
import { useOnce } from '../../parts/once.ts';
import { Table } from '../../parts/table.tsx';

type Became = {
  readonly redriven: number;
  readonly routeOnly: number;
  readonly givenUp: number;
  readonly failed: number;
  readonly left: number;
  readonly letters: readonly {
    readonly id: string;
    readonly eventName: string | null;
    readonly conversationId: string | null;
    readonly outcome: 'redriven' | 'route_only' | 'given_up' | 'failed';
    readonly why: string | null;
  }[];
};

/** Platform §5.9: no blasting. */
const MOST_A_BATCH = 10;

export function redriveText({
  redrive,
  isForeign,
}: Pick<LetterGroup['letters'][number], 'redrive' | 'isForeign'>): string {
  if (isForeign) return `is refused as foreign: ${redrive}`;
  if (redrive === 'whole') return 'goes back';
  return redrive === 'route_only' ? 'goes back, route-only' : `is given up: ${redrive}`;
}

const OUTCOME_WORDS = {
  redriven: 'went back',
  route_only: 'went back, route-only',
  given_up: 'was given up',
  failed: 'failed, and stays',
} as const;

export function RedriveDialog({
  group,
  onClose,
  onDone,
}: {
  group: LetterGroup | null;
  onClose: () => void;
  onDone: () => void;
}) {
  return (
    <Dialog name={`Redrive ${group?.cause ?? ''}`} isOpen={group !== null} onClose={onClose}>
      {group === null ? null : <Form group={group} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

function Form({ group, onClose, onDone }: { group: LetterGroup; onClose: () => void; onDone: () => void }) {
  const [batch] = useState(group.letters.slice(0, MOST_A_BATCH));
  const [isMended, setIsMended] = useState(false);
  const [became, setBecame] = useState<Became | null>(null);
  const asking = useOnce();
  const count = (isWanted: (redrive: string) => boolean): number =>
    batch.filter(({ redrive }) => isWanted(redrive)).length;
  const whole = count((redrive) => redrive === 'whole');
  const routeOnly = count((redrive) => redrive === 'route_only');
  const foreign = batch.filter(({ isForeign }) => isForeign).length;
  const lost = batch.length - whole - routeOnly - foreign;
  const redrive = (): void =>
    asking.run(async () => {
      setBecame(await act<Became>('redrive', { cause: group.cause, max: batch.length, yes: true }));
      onDone();
    });
  if (became !== null) return <Result became={became} onClose={onClose} />;
  return (
    <>
      <p>
        The oldest {batch.length} of {group.letters.length}, a second apart:
      </p>
      <ul class="consequences">
        {whole > 0 ? (
          <li>
            {whole === 1 ? '1 goes' : `${whole} go`} back to the function. A message that is still young may be
            answered, unless safe mode is on.
          </li>
        ) : null}
        {routeOnly > 0 ? (
          <li>{routeOnly === 1 ? '1 is' : `${routeOnly} are`} older than 24 h and route-only: routed, not answered.</li>
        ) : null}
        {lost > 0 ? (
          <li>
            {lost === 1 ? '1 is' : `${lost} are`} given up: mw-error-needs-attention on the ticket, and a person goes
            on.
          </li>
        ) : null}
        {foreign > 0 ? (
          <li>
            {foreign === 1 ? '1 is' : `${foreign} are`} refused as foreign: ticket and record that it names stay as they
            are.
          </li>
        ) : null}
      </ul>
      <label class="check">
        <input type="checkbox" checked={isMended} onChange={(event) => setIsMended(event.currentTarget.checked)} />
        <span>The cause is mended: {group.advice.cure}</span>
      </label>
      <Refused refusal={asking.refusal} />
      <div class="actions">
        <button type="button" class="danger" disabled={!isMended || asking.isBusy} onClick={redrive}>
          Redrive {batch.length === 1 ? '1 letter' : `${batch.length} letters`}
        </button>
        <button type="button" onClick={onClose}>
          Leave them
        </button>
      </div>
    </>
  );
}

function Result({ became, onClose }: { became: Became; onClose: () => void }) {
  return (
    <>
      <Notice kind={became.failed > 0 ? 'failed' : 'done'}>
        <b>
          {became.redriven} went back ({became.routeOnly} route-only), {became.givenUp} given up, {became.failed}{' '}
          failed.
        </b>{' '}
        {became.left} left in all queues.
      </Notice>
      <Table
        caption="What became of them"
        columns={[
          { name: 'Event', show: ({ eventName }) => eventName ?? 'unreadable' },
          { name: 'Conversation', show: ({ conversationId }) => conversationId ?? '–' },
          {
            name: 'Became',
            show: ({ outcome, why }) => `${OUTCOME_WORDS[outcome]}${why === null ? '' : `: ${why}`}`,
          },
        ]}
        rows={became.letters}
        keyOf={({ id }) => id}
        empty="There were none any more."
      />
      <div class="actions">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </>
  );
}

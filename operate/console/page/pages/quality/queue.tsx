/** The day's queue: each ticket is looked at again, and what it is really about becomes a label of the golden set. */
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Queue, QueuedTicket } from '../../../../quality/view.ts';
import type { Labelled } from '../../../actions/quality.ts';
import { begin, Refusal } from '../../api.ts';
import { JobProgress, jobValue } from '../../parts/job.tsx';
import { Refused } from '../../parts/notice.tsx';
import { whole } from '../../parts/numbers.ts';
import { LabelForm } from './label-form.tsx';
import { Ticket } from './ticket.tsx';

const KEY = 'frontdesk-labeller';
/** Two people label without knowing of each other, so it is said who labels. */
const labeller = signal(localStorage.getItem(KEY) ?? '');
const exporting = signal<number | null>(null);
const refused = signal<Refusal | null>(null);

export function QueuePanel({
  queues,
  labelled,
  onLabel,
}: {
  queues: readonly Queue[];
  labelled: Readonly<Record<string, Labelled>>;
  onLabel: () => void;
}) {
  const [day, setDay] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  // The last whole day is the one to work through.
  const queue = queues.find((one) => one.day === day) ?? queues.find(({ isToday }) => !isToday) ?? queues[0];
  const tickets = queue?.tickets ?? [];
  const ticket = tickets[Math.min(at, tickets.length - 1)];
  const isMine = ({ messageKey }: QueuedTicket): boolean => labelled[messageKey]?.by.includes(labeller.value) === true;
  const done = tickets.filter(isMine).length;
  const go = (to: number): void => {
    if (tickets.length === 0) return;
    setAt((to + tickets.length) % tickets.length);
    heading.current?.focus();
  };
  const goToNext = (): void => {
    const order = tickets.map((_, step) => (at + 1 + step) % tickets.length);
    go(order.find((place) => tickets[place] !== undefined && place !== at && !isMine(tickets[place])) ?? at + 1);
  };
  const position = tickets.length === 0 ? 0 : Math.min(at, tickets.length - 1) + 1;
  return (
    <section
      class="panel queue"
      aria-labelledby="queue"
      onKeyDown={(event) => onKey(event, { next: () => go(at + 1), previous: () => go(at - 1) })}
    >
      <h2 id="queue">Look again</h2>
      <div class="queue-head">
        <label class="field">
          <span>Day</span>
          <select
            value={queue?.day ?? ''}
            onChange={({ currentTarget }) => {
              setDay(currentTarget.value);
              setAt(0);
            }}
          >
            {queues.map((one) => (
              <option key={one.day} value={one.day}>
                {one.day}
                {one.isToday ? ', today so far' : ''}: {one.tickets.length} to look at
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>You are</span>
          <input
            value={labeller.value}
            autocomplete="off"
            pattern="[a-z0-9][a-z0-9._\-]{0,39}"
            placeholder="ada"
            onInput={({ currentTarget }) => {
              labeller.value = currentTarget.value.trim().toLowerCase();
              localStorage.setItem(KEY, labeller.value);
            }}
          />
        </label>
        <div class="field">
          <span id="of-the-day">Progress of the day</span>
          <progress aria-labelledby="of-the-day" value={done} max={Math.max(1, tickets.length)} /> {whole(done)} of{' '}
          {whole(tickets.length)} labelled by you
        </div>
      </div>
      {ticket === undefined ? (
        <p class="empty">Nothing was decided in the last 7 days.</p>
      ) : (
        <>
          <h3 tabIndex={-1} ref={heading}>
            {position} of {tickets.length}
          </h3>
          <div class="queue-item">
            <Ticket ticket={ticket} labelled={labelled[ticket.messageKey]} labeller={labeller.value} />
            <LabelForm
              key={ticket.messageKey}
              ticket={ticket}
              by={labeller.value}
              isDisputed={labelled[ticket.messageKey]?.state === 'disputed'}
              onSaved={() => {
                onLabel();
                goToNext();
              }}
            />
          </div>
          <div class="actions">
            <button type="button" aria-keyshortcuts="p" onClick={() => go(at - 1)}>
              Previous <kbd>p</kbd>
            </button>
            <button type="button" aria-keyshortcuts="n" onClick={() => go(at + 1)}>
              Next <kbd>n</kbd>
            </button>
            <button type="button" onClick={() => void startExport()}>
              Export the labels for the golden set
            </button>
          </div>
        </>
      )}
      <Exported />
    </section>
  );
}

async function startExport(): Promise<void> {
  refused.value = null;
  try {
    exporting.value = await begin('quality-export', { agreed: false });
  } catch (error) {
    refused.value = error instanceof Refusal ? error : null;
  }
}

function Exported() {
  const found = jobValue<{ readonly name: string; readonly rows: number }>(exporting.value);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (found !== null) link.current?.focus();
  }, [found?.name]);
  return (
    <>
      <Refused refusal={refused.value} />
      {found === null ? (
        <JobProgress id={exporting.value} />
      ) : (
        <p role="status">
          {whole(found.rows)} rows, texts redacted, nothing disputed among them:{' '}
          <a ref={link} href={`/downloads/${found.name}`} download={found.name}>
            Download {found.name}
          </a>
        </p>
      )}
    </>
  );
}

/** Single letters hold while the focus is in the queue and no field takes them. */
function onKey(event: KeyboardEvent, { next, previous }: { next: () => void; previous: () => void }): void {
  const isField = event.target instanceof Element && event.target.matches('input, select, textarea');
  if (isField || event.ctrlKey || event.metaKey || event.altKey) return;
  const does = { n: next, p: previous }[event.key];
  if (does === undefined) return;
  event.preventDefault();
  does();
}

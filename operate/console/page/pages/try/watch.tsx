/** A message on its way, step by step as the facts come, and how it ended. */
import { useEffect } from 'preact/hooks';
import type { TicketValue } from '../../../../commands/ticket.ts';
import type { Thread } from '../../../../instance/sandbox-thread.ts';
import type { Sent } from '../../../actions/try.ts';
import { useRead } from '../../api.ts';
import { durationText } from '../../parts/amounts.ts';
import { Refused } from '../../parts/notice.tsx';
import { OutcomeBadge } from '../../parts/outcome.tsx';
import { conversationLink } from '../conversations/links.ts';
import { changes, wayOf } from './sent.ts';

/** The trail is a moment behind the stream, and goes on where the stream was lost. */
const LOOK_MS = 1_000;
type Step = { readonly key: string; readonly label: string; readonly ms: number };

export function Watch({ sent }: { sent: Sent }) {
  const way = wayOf(sent);
  const before = useRead<TicketValue>('ticket', { id: sent.conversation, awaited: 'yes' }, { everyMs: LOOK_MS });
  const root = sent.rootEventId ?? way?.root;
  const message = before.value?.messages.find(({ facts, receivedAt }) =>
    root === undefined ? (receivedAt ?? '') >= sent.at : facts.some(({ eventId }) => eventId === root),
  );
  const outcome = message?.outcome ?? way?.outcome ?? null;
  const steps: readonly Step[] =
    way?.steps.map(({ fact, label, ms }, index) => ({ key: `${index} ${fact}`, label, ms })) ??
    message?.facts.map(({ eventId, name, offsetMs }) => ({ key: eventId, label: name, ms: offsetMs })) ??
    [];
  useEffect(() => {
    if (outcome !== null) changes.value += 1;
  }, [outcome]);
  return (
    <section class="panel" aria-labelledby="watch">
      <h2 id="watch">On its way: ticket {sent.ticket}</h2>
      <ol class="steps" aria-label="Steps" aria-live="polite">
        {steps.map(({ key, label, ms }) => (
          <li key={key}>
            <span>{label}</span> <small>{durationText(ms)}</small>
          </li>
        ))}
        {outcome === null ? <li class="next">waiting for the next fact</li> : null}
      </ol>
      <p role="status" class="ended">
        {outcome === null ? null : <OutcomeBadge outcome={outcome} />} {message?.outcome ? message.answer : ''}
      </p>
      {outcome === null || message?.outcome === undefined || message.outcome === null ? null : (
        <Received conversation={sent.conversation} comment={message.reply?.commentId ?? null} />
      )}
      <p>
        <a href={conversationLink(sent.ticket, message?.messageKey ?? null)}>Why: the whole conversation</a>
      </p>
    </section>
  );
}

/** The end of it: what stands in the sandbox's outbox, the only truth for "replied". */
function Received({ conversation, comment }: { conversation: string; comment: string | null }) {
  const { value, refusal } = useRead<Thread>('thread', { conversation });
  const received = value?.entries.find(({ key, isReceived }) => isReceived && key === comment);
  return (
    <>
      <h3>What the customer received</h3>
      <Refused refusal={refusal} />
      {value !== null && received === undefined ? <p class="empty">Nothing.</p> : null}
      {received === undefined ? null : <blockquote class="received">{received.text}</blockquote>}
    </>
  );
}

/** One ticket: its messages, and all of the one that is looked at. */
import type { TicketValue } from '../../../../commands/ticket.ts';
import { useRead } from '../../api.ts';
import { place } from '../../navigation.ts';
import { Heading } from '../../parts/heading.tsx';
import { Refused } from '../../parts/notice.tsx';
import { OutcomeBadge } from '../../parts/outcome.tsx';
import { Time } from '../../parts/time.tsx';
import { conversationLink } from './links.ts';
import { Message } from './message.tsx';
import { Search } from './search.tsx';

/** While something of it is under way. */
const REFRESH_MS = 2_000;

export function Conversation({ id }: { id: string }) {
  const first = useRead<TicketValue>('ticket', { id });
  const isUnderWay = first.value?.messages.some(({ outcome }) => outcome === null) ?? false;
  const again = useRead<TicketValue>('ticket', isUnderWay ? { id } : null, { everyMs: REFRESH_MS });
  const value = again.value ?? first.value;
  const wanted = place.value.query.get('message') ?? id;
  const shown = value?.messages.find(({ messageKey }) => messageKey === wanted) ?? value?.messages.at(-1);
  return (
    <>
      <Heading name="Conversation">
        {value === null ? (
          id
        ) : (
          <>
            <span class="id">{value.conversationId}</span>
            {/^\d+$/.test(id) ? ` · ticket ${id}` : ''}
          </>
        )}
      </Heading>
      <Search given={id} />
      <Refused refusal={first.refusal} />
      {value !== null && value.messages.length > 1 ? (
        <nav class="messages" aria-label="Messages of this conversation">
          <ol>
            {value.messages.map(({ messageKey, receivedAt, outcome }) => (
              <li key={messageKey}>
                <a href={conversationLink(id, messageKey)} aria-current={messageKey === shown?.messageKey || undefined}>
                  {receivedAt === null ? 'Message' : <Time at={receivedAt} />} <OutcomeBadge outcome={outcome} />
                </a>
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      {value === null || shown === undefined ? null : (
        <Message key={shown.messageKey} conversation={value.conversationId} message={shown} />
      )}
    </>
  );
}

import type { Conversations, ShownMessage } from '../../../actions/conversations.ts';
import { useRead } from '../../api.ts';
import { place } from '../../navigation.ts';
import { durationText, plain } from '../../parts/amounts.ts';
import { Heading } from '../../parts/heading.tsx';
import { Refused } from '../../parts/notice.tsx';
import { OutcomeBadge } from '../../parts/outcome.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { conversationLink } from './links.ts';
import { Search } from './search.tsx';

const REFRESH_MS = 5_000;

const COLUMNS: readonly Column<ShownMessage>[] = [
  { name: 'Received', show: ({ receivedAt }) => <Time at={receivedAt} /> },
  {
    name: 'Ticket',
    show: (message) => (
      <a class="ticket" href={conversationLink(message.conversation, message.messageKey)}>
        {message.ticket ?? message.conversation}
      </a>
    ),
  },
  { name: 'Channel', show: ({ channel }) => channel },
  { name: 'Read as', show: ({ intent }) => (intent === null ? '' : plain(intent)) },
  { name: 'Outcome', show: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
  { name: 'Team', show: ({ team }) => team ?? '' },
  { name: 'Reply', show: ({ templateId }) => templateId ?? '' },
  { name: 'Took', isNumber: true, show: ({ endToEndMs }) => (endToEndMs === null ? '' : durationText(endToEndMs)) },
];

export function Recent() {
  const before = place.value.query.get('before');
  const { value, refusal } = useRead<Conversations>(
    'conversations',
    before === null ? {} : { before },
    before === null ? { everyMs: REFRESH_MS } : {},
  );
  const oldest = value?.messages.at(-1);
  return (
    <>
      <Heading name="Conversation">
        Why a ticket got its reply, or none: every fact, gate and write of it, from the audit trail.
      </Heading>
      <Search />
      <section class="panel" aria-labelledby="recent">
        <h2 id="recent">{before === null ? 'The last messages' : 'Earlier messages'}</h2>
        <Refused refusal={refusal} />
        {value === null ? null : (
          <Table
            caption={before === null ? 'The last messages' : 'Earlier messages'}
            columns={COLUMNS}
            rows={value.messages}
            keyOf={({ rootEventId }) => rootEventId}
            empty="No message came in within the last three days. Older ones are found by their number or id."
          />
        )}
        {value?.isMore && oldest !== undefined ? (
          <p class="actions">
            <a href={`/conversations?before=${encodeURIComponent(oldest.receivedAt)}`}>Earlier</a>
            {before === null ? null : <a href="/conversations">The last ones</a>}
          </p>
        ) : null}
      </section>
    </>
  );
}

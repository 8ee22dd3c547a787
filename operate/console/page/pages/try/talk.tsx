/** The ticket as customer and agents see it; what stands in the sandbox's outbox is what the customer received. */

import { useEffect } from 'preact/hooks';
import type { Thread } from '../../../../instance/sandbox-thread.ts';
import { useRead } from '../../api.ts';
import { Refused } from '../../parts/notice.tsx';
import { Time } from '../../parts/time.tsx';
import { changes } from './sent.ts';

const NAMES = { customer: 'The customer', Frontdesk: 'Frontdesk', agent: 'An agent' } as const;

export function Talk({ conversation, ticket }: { conversation: string; ticket: number }) {
  const { value, refusal, again } = useRead<Thread>('thread', { conversation });
  const change = changes.value;
  useEffect(() => again(), [change]);
  return (
    <section class="panel" aria-labelledby="talk">
      <h2 id="talk">
        Ticket {ticket}
        {value === null ? '' : `, ${value.status}`}
      </h2>
      <Refused refusal={refusal} />
      <ol class="talk" aria-label="Messages on the ticket">
        {value?.entries.map(({ id, by, at, text, isReceived }) => (
          <li key={id} class={by}>
            <p class="who">
              {NAMES[by]}, <Time at={at} />
              {isReceived ? ' · received by the customer' : ''}
            </p>
            <blockquote>{text}</blockquote>
          </li>
        ))}
      </ol>
    </section>
  );
}

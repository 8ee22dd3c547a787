/** One ticket of the queue: what was written, without what names anybody, and what was decided. */

import type { QueuedTicket } from '../../../../quality/view.ts';
import type { Labelled } from '../../../actions/quality.ts';
import { useRead } from '../../api.ts';
import { Refused } from '../../parts/notice.tsx';
import { Time } from '../../parts/time.tsx';
import { isShownTo } from './blind.ts';

const STATES: Readonly<Record<Labelled['state'], string>> = {
  once: 'one person has labelled it',
  agreed: 'people agree',
  adjudicated: 'settled',
  disputed: 'people disagree',
};

const saidOf = ({ intent, by }: Labelled): string => `${intent === null ? '' : `as ${intent} `}by ${by.join(', ')}`;

export function Ticket({
  ticket,
  labelled,
  labeller,
}: {
  ticket: QueuedTicket;
  labelled: Labelled | undefined;
  labeller: string;
}) {
  const { conversationId, messageKey, at, channel, intent, tier, team, confidence, templateId } = ticket;
  const { value, refusal } = useRead<{ text: string | null; why: string | null }>('quality-text', {
    conversationId,
    messageKey,
  });
  const decided: readonly (readonly [string, string])[] = [
    ['intent', intent],
    ['tier', tier === null ? 'route only' : String(tier)],
    ['team', team ?? '–'],
    ['confidence', confidence === null ? '–' : confidence.toFixed(2)],
    ['reply', templateId ?? 'none'],
  ];
  return (
    <div class="ticket">
      <p class="quiet">
        {channel}, <Time at={at} />,{' '}
        <a href={`/conversations/${encodeURIComponent(messageKey)}`}>why it was decided so</a>
      </p>
      <Refused refusal={refusal} />
      {value === null ? (
        <p class="empty">Reading the ticket …</p>
      ) : value.text === null ? (
        <p class="empty">The text is {value.why}.</p>
      ) : (
        <blockquote>{value.text}</blockquote>
      )}
      <dl class="decided">
        {decided.map(([name, word]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{word}</dd>
          </div>
        ))}
      </dl>
      {labelled === undefined ? null : (
        <p>
          <span class={`badge ${labelled.state === 'disputed' ? 'failed-outcome' : 'replied'}`}>
            {STATES[labelled.state]}
          </span>{' '}
          {isShownTo(labeller, labelled) ? saidOf(labelled) : 'What was said is shown when you have labelled it too.'}
        </p>
      )}
    </div>
  );
}

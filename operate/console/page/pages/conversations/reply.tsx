/** The reply: which template in which version, how far it came, and its words as they stand in the helpdesk just now. */
import { useState } from 'preact/hooks';
import type { SentComment } from '../../../../helpdesk/sent-comment.ts';
import { useRead } from '../../api.ts';
import { about } from '../../live/stream.ts';
import { durationText } from '../../parts/amounts.ts';
import { Refused } from '../../parts/notice.tsx';
import { Time } from '../../parts/time.tsx';
import type { Shown } from './message.tsx';

const STATES = {
  sent: 'sent',
  unknown: 'sent or not: it is not known, and never sent again',
  failed: 'failed',
  withheld: 'withheld at the door',
  approved: 'approved, not yet sent',
  would: 'would have been sent: nothing is written in shadow mode',
  denied: 'not sent: a gate objected',
  candidate: 'a candidate, not yet judged',
} as const;

export function Reply({ conversation, message: { reply } }: { conversation: string; message: Shown }) {
  return (
    <section class="panel" aria-labelledby="reply">
      <h2 id="reply">Reply</h2>
      {reply === null ? (
        <p class="empty">No reply was asked for.</p>
      ) : (
        <>
          <dl class="pairs">
            <div>
              <dt>Template</dt>
              <dd>
                <b>{reply.templateId}</b>
                {reply.templateVersion === null ? '' : ` version ${reply.templateVersion}`}
              </dd>
            </div>
            <div>
              <dt>State</dt>
              <dd>{STATES[reply.state]}</dd>
            </div>
            {reply.confirmedBy === null ? null : (
              <div>
                <dt>Confirmed by</dt>
                <dd>{reply.confirmedBy === 'response' ? 'the helpdesk’s answer' : 'reading the ticket again'}</dd>
              </div>
            )}
            {reply.latencyMs === null ? null : (
              <div>
                <dt>Sending took</dt>
                <dd>{durationText(reply.latencyMs)}</dd>
              </div>
            )}
          </dl>
          <AsSent conversation={conversation} comment={reply.commentId} isSent={reply.state === 'sent'} />
        </>
      )}
    </section>
  );
}

type Props = { conversation: string; comment: string | null; isSent: boolean };

/** A real workspace counts each read against its limit of requests: it is asked on a person's word only. */
function AsSent({ conversation, comment, isSent }: Props) {
  const isSandbox = about.value.helpdesk === 'sandbox';
  const [isAsked, setIsAsked] = useState(false);
  const mayRead = comment !== null && (isSandbox || isAsked);
  const { value, refusal } = useRead<SentComment>('sent-comment', mayRead ? { conversation, comment } : null);
  if (!isSent) return null;
  if (comment === null) return <p class="empty">The text is not shown: the helpdesk did not name its comment.</p>;
  return (
    <div class="as-sent">
      <h3>As sent</h3>
      {mayRead ? null : (
        <button type="button" onClick={() => setIsAsked(true)}>
          Read it from the helpdesk
        </button>
      )}
      <Refused refusal={refusal} />
      {value?.state === 'absent' ? <p class="empty">The text is not shown: {value.why}.</p> : null}
      {value?.state === 'read' ? (
        <>
          <blockquote>{value.text}</blockquote>
          <p class="source">
            read from the helpdesk just now, <Time at={value.readAt} />; the trail holds no text
          </p>
        </>
      ) : null}
    </div>
  );
}

/** One dead letter: ids, codes and times, never what it holds. */
import type { ComponentChildren } from 'preact';
import { useRead } from '../../api.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Refused } from '../../parts/notice.tsx';
import { Time } from '../../parts/time.tsx';
import { conversationLink } from '../conversations/links.ts';

type Whole = Readonly<Record<string, string | number | null>>;

const NAMES: readonly (readonly [key: string, name: string])[] = [
  ['cause', 'Cause'],
  ['kind', 'Kind'],
  ['queue', 'Queue'],
  ['function', 'Function'],
  ['attempts', 'Attempts'],
  ['eventName', 'Event'],
  ['schemaVersion', 'Version of its schema'],
  ['conversationId', 'Conversation'],
  ['messageId', 'Message'],
  ['eventId', 'Id of the event'],
  ['rootEventId', 'Id of its root'],
  ['traceId', 'Trace'],
  ['producer', 'Producer'],
  ['release', 'Release'],
  ['channel', 'Channel'],
  ['hops', 'Hops'],
  ['replay', 'Replay'],
];
const TIMES: readonly (readonly [key: string, name: string])[] = [
  ['receivedAt', 'Message received'],
  ['occurredAt', 'Happened'],
  ['sentAt', 'Letter written'],
];

export function LetterDialog({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <Dialog name="Dead letter" isOpen={id !== null} onClose={onClose}>
      {id === null ? null : <Letter id={id} />}
      <div class="actions">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function Letter({ id }: { id: string }) {
  const { value, refusal } = useRead<Whole>('dead-letter', { id });
  if (value === null) return refusal === null ? <p role="status">loading</p> : <Refused refusal={refusal} />;
  return (
    <dl class="pairs">
      <dt>Letter</dt>
      <dd>{id}</dd>
      {NAMES.filter(([key]) => value[key] !== null && value[key] !== undefined).map(([key, name]) => (
        <Pair key={key} name={name}>
          {told(key, value[key] ?? '')}
        </Pair>
      ))}
      {TIMES.flatMap(([key, name]) => {
        const at = value[key];
        return typeof at === 'string'
          ? [
              <Pair key={key} name={name}>
                <Time at={at} />
              </Pair>,
            ]
          : [];
      })}
    </dl>
  );
}

/** A conversation leads to its page. */
function told(key: string, value: string | number): ComponentChildren {
  return key === 'conversationId' ? <a href={conversationLink(value)}>{value}</a> : value;
}

function Pair({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

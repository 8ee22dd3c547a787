/** Whether the instance is well: what waits longest, what was given up, what is open, what rings. */
import type { ComponentChildren } from 'preact';
import type { Status } from '../../../../commands/status.ts';
import { useRead } from '../../api.ts';
import { Refused } from '../../parts/notice.tsx';
import { Time } from '../../parts/time.tsx';
import { seconds } from './words.ts';

/** A look asks every part of the instance: not too often. */
const EVERY_MS = 10_000;

export function Strip() {
  const { value: status, refusal } = useRead<Status>('status', {}, { everyMs: EVERY_MS });
  if (status === null) return refusal === null ? <div class="strip" /> : <Refused refusal={refusal} />;
  const open = Object.entries(status.breakers).filter(([, state]) => state === 'open');
  return (
    <section class="strip" aria-label="Health">
      <Item name="Health" isBad={!status.healthy}>
        {status.healthy ? 'well' : 'needs attention'}
      </Item>
      <Item name="Oldest unsettled">{status.inFlight === 0 ? 'none' : seconds(status.oldestUnsettledS)}</Item>
      <Item name="Dead letters" isBad={status.deadLetters > 0}>
        {status.deadLetters === 0 ? '0' : <a href="/replay">{status.deadLetters}</a>}
      </Item>
      <Item name="Breakers" isBad={open.length > 0}>
        {open.length === 0 ? 'closed' : `${open.map(([vendor]) => vendor).join(', ')} open`}
      </Item>
      <Item name="Limits">{status.limits}</Item>
      <Item name="Stopped" isBad={status.stops.length > 0}>
        {status.stops.length === 0 ? (
          'nothing'
        ) : (
          <a href="/switches">{status.stops.map(({ level, only }) => only ?? level).join(', ')}</a>
        )}
      </Item>
      <Item name="Alarms" isBad={status.alarms.length > 0}>
        {status.alarms.length === 0
          ? 'none'
          : status.alarms.map(({ id, signal, since }) => (
              <span class="alarm" key={id}>
                {id}: {signal}
                {since === null ? null : (
                  <>
                    {' '}
                    since <Time at={since} />
                  </>
                )}
              </span>
            ))}
      </Item>
    </section>
  );
}

function Item({ name, isBad = false, children }: { name: string; isBad?: boolean; children: ComponentChildren }) {
  return (
    <div class={isBad ? 'bad' : undefined}>
      <span class="name">{name}</span> <b>{children}</b>
    </div>
  );
}

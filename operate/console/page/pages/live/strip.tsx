/** Whether the instance is well: what waits longest, what was given up, what is open, what rings. */
import type { ComponentChildren } from 'preact';
import type { Vital } from '../../../actions/live.ts';
import { useRead } from '../../api.ts';
import { about } from '../../live/stream.ts';
import { Refused } from '../../parts/notice.tsx';
import { RunbookLink } from '../../parts/runbook-link.tsx';
import { Time } from '../../parts/time.tsx';
import { seconds } from './words.ts';

/** A look asks every part of the instance: not too often. */
const EVERY_MS = 10_000;

export function Strip() {
  const { value: vital, refusal } = useRead<Vital>('vital-signs', {}, { everyMs: EVERY_MS });
  if (vital === null) return refusal === null ? <div class="strip" /> : <Refused refusal={refusal} />;
  const open = Object.entries(vital.breakers).filter(([, state]) => state === 'open');
  return (
    <section class="strip" aria-label="Health">
      <Item name="Health" isBad={!vital.isWell}>
        {vital.isWell ? 'well' : 'needs attention'}
      </Item>
      <Item name="Oldest unsettled">
        {vital.inFlight.messages === 0 ? 'none' : seconds(vital.inFlight.oldestSeconds)}
      </Item>
      <Item name="Dead letters" isBad={vital.deadLetters > 0}>
        {vital.deadLetters === 0 ? '0' : <a href="/replay">{vital.deadLetters}</a>}
      </Item>
      <Item name="Breakers" isBad={open.length > 0}>
        {open.length === 0 ? 'closed' : `${open.map(([vendor]) => vendor).join(', ')} open`}
      </Item>
      <Item name="Limits">{about.value.limits ?? '–'}</Item>
      <Item name="Stopped" isBad={vital.stops.length > 0}>
        {vital.stops.length === 0 ? (
          'nothing'
        ) : (
          <a href="/switches">{vital.stops.map(({ level, only }) => only ?? level).join(', ')}</a>
        )}
      </Item>
      {vital.catchingUp === null ? null : (
        <Item name="Catching up" isBad>
          <a href="/replay">nobody is answered</a>
          {vital.catchingUp.since === null ? null : (
            <>
              {' '}
              since <Time at={vital.catchingUp.since} />
            </>
          )}
        </Item>
      )}
      <Item name="Alarms" isBad={vital.alarms.length > 0}>
        {vital.alarms.length === 0
          ? 'none'
          : vital.alarms.map(({ id, signal, since, runbook }) => (
              <span class="alarm" key={id}>
                {id}: {signal}
                {since === null ? null : (
                  <>
                    {' '}
                    since <Time at={since} />
                  </>
                )}{' '}
                (<RunbookLink page={runbook} />)
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

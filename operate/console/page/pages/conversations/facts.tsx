/** The facts in order: who stated each, what led to it, and how long that took. */
import { durationText } from '../../parts/amounts.ts';
import { Time } from '../../parts/time.tsx';
import type { Shown } from './message.tsx';

export function Facts({ message: { facts } }: { message: Shown }) {
  return (
    <section class="panel" aria-labelledby="facts">
      <h2 id="facts">What happened</h2>
      <ol class="facts" aria-label="Facts in order">
        {facts.map((fact) => (
          <li key={fact.eventId}>
            <p class="when">
              <Time at={fact.occurredAt} />
              <span>+{durationText(fact.offsetMs)}</span>
            </p>
            <div>
              <p>
                <b>{fact.name}</b> by {fact.producer}
                {fact.replay === null ? null : <span class="badge">replay {fact.replay}</span>}
              </p>
              <p class="says">{fact.says}</p>
              {fact.causedBy === null ? null : (
                <p class="cause">
                  because of {fact.causedBy}
                  {fact.sinceCauseMs === null ? '' : `, ${durationText(fact.sinceCauseMs)} after it`}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

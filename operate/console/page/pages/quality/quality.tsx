/** Quality: how well messages are decided, by what drifts, by what agents say, and by what people say who look again. */
import { useEffect, useState } from 'preact/hooks';
import type { QualityAnswer } from '../../../actions/quality.ts';
import type { Snapshot } from '../../../quality/messages.ts';
import { Refusal, useRead } from '../../api.ts';
import { Heading } from '../../parts/heading.tsx';
import { Refused } from '../../parts/notice.tsx';
import { percent, whole } from '../../parts/numbers.ts';
import { Time } from '../../parts/time.tsx';
import { CalibrationPanel } from './calibration.tsx';
import { Confidence } from './confidence.tsx';
import { Drifts } from './drifts.tsx';
import { Intents } from './intents.tsx';
import { Overrides } from './overrides.tsx';
import { QueuePanel } from './queue.tsx';
import { Tier0 } from './tier0.tsx';
import './quality.css';

const WHILE_READING_MS = 1_000;
const AFTERWARDS_MS = 5_000;

export function Page() {
  const asked = useReading();
  const { value, refusal } = asked;
  const snapshot = value?.snapshot ?? null;
  return (
    <>
      <Heading name="Quality">
        How well messages are decided: the last 7 days against the 28 before, what agents say by tag, and what people
        say who look again.
      </Heading>
      <Refused refusal={refusal ?? staleness(value)} />
      {snapshot === null ? <p role="status">Reading the trail …</p> : <ReadSoFar snapshot={snapshot} />}
      {value === null || snapshot === null ? null : (
        <>
          <Summary snapshot={snapshot} />
          <QueuePanel queues={snapshot.view.queues} labelled={value.labelled} onLabel={asked.again} />
          <Drifts drift={snapshot.view.drift} />
          <Intents view={snapshot.view} />
          <Confidence channels={snapshot.view.confidence} />
          <CalibrationPanel calibration={snapshot.view.calibration} shipped={value.shipped} />
          <Overrides view={snapshot.view} />
          <Tier0 view={snapshot.view} />
        </>
      )}
    </>
  );
}

/** What is shown stays, and says that it is not of this moment. */
function staleness(value: QualityAnswer | null): Refusal | null {
  if (value?.refused == null) return null;
  const { code, message, cure } = value.refused;
  return new Refusal(code, `the trail could not be read again, these figures are from before: ${message}`, cure);
}

/** More often while the first reading of the trail goes on. */
function useReading() {
  const [isDone, setIsDone] = useState(false);
  const asked = useRead<QualityAnswer>('quality', {}, { everyMs: isDone ? AFTERWARDS_MS : WHILE_READING_MS });
  const { value } = asked;
  useEffect(() => setIsDone(value?.snapshot?.reading.isDone === true), [value]);
  return asked;
}

function ReadSoFar({ snapshot: { reading } }: { snapshot: Snapshot }) {
  const { hours, ofHours, facts, backTo, isDone } = reading;
  return (
    <p class="read-so-far">
      {isDone ? (
        'Read whole: '
      ) : (
        <>
          <progress value={hours} max={ofHours} aria-label="Read of the trail" /> {percent(hours / ofHours)} read:{' '}
        </>
      )}
      {whole(facts)} facts{backTo === null ? null : <> back to {<Time at={backTo} />}</>}
      {isDone ? '' : '; what is shown is of these alone'}.
    </p>
  );
}

function Summary({ snapshot: { view } }: { snapshot: Snapshot }) {
  const alerts = view.drift.filter(({ state }) => state === 'alert').length;
  const { misroutes, wrongReplies, helpful } = view.overrides;
  const figures: readonly (readonly [string, string])[] = [
    ['messages in 7 days', whole(view.messages)],
    ['in the 28 before', whole(view.baseline)],
    ['alerts', whole(alerts)],
    ['misroutes of routed', percent(misroutes.rate)],
    ['replies called wrong', percent(wrongReplies.rate)],
    ['called helpful', percent(helpful.rate)],
    ['labelled', whole(view.labels.labelled)],
    ['people agree', percent(view.labels.agreement)],
  ];
  return (
    <section class="panel" aria-label="At a glance">
      <dl class="figures">
        {figures.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

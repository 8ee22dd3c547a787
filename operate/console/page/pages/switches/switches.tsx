/** Switches: the levels of the kill switch, and the runtime flags. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SeenFlag, SeenRung } from '../../../actions/switches.ts';
import { begin, useRead } from '../../api.ts';
import { jobs } from '../../live/stream.ts';
import { Heading } from '../../parts/heading.tsx';
import { Notice, Refused } from '../../parts/notice.tsx';
import { useOnce } from '../../parts/once.ts';
import { Flags } from './flags.tsx';
import { ResumeDialog, type Resuming } from './resume.tsx';
import { type RungActs, RungItem } from './rung.tsx';
import { StopDialog } from './stop.tsx';
import { heldBy, nameOf } from './words.ts';
import './switches.css';

/** What another page or the command line switched is seen within so long. */
const LOOK_EVERY_MS = 10_000;

export function Page() {
  const ladder = useRead<readonly SeenRung[]>('switches', {}, { everyMs: LOOK_EVERY_MS });
  const flags = useRead<readonly SeenFlag[]>('flags', {}, { everyMs: LOOK_EVERY_MS });
  const [stopping, setStopping] = useState<SeenRung | null>(null);
  const [resuming, setResuming] = useState<Resuming | null>(null);
  const begun = useRef(new Set<number>());
  const verifying = useOnce();
  const lookAgain = (): void => {
    ladder.again();
    flags.again();
  };
  const steps = [...jobs.value.values()]
    .filter(({ about }) => about.level !== undefined)
    .reduce((sum, { state, lines }) => sum + (state !== 'running' ? 2 : lines.length > 0 ? 1 : 0), 0);
  // Once more whenever one is set, which stops already, and when it has ended.
  useEffect(lookAgain, [steps]);

  const acts: RungActs = {
    stop: setStopping,
    resume: (rung, place) => setResuming({ rung, place }),
    verify: ({ level }, { only }) =>
      verifying.run(async () => {
        begun.current.add(await begin('verify-stop', { level, ...(only !== null && { only }) }));
      }),
    isNews: ({ id, state }) => state === 'running' || begun.current.has(id),
  };
  const note = (job: number): void => {
    begun.current.add(job);
  };
  return (
    <>
      <Heading name="Switches">
        Stops customer messages, from one template to everything. Each level below is stronger than the one above it.
      </Heading>
      <Refused refusal={ladder.refusal ?? verifying.refusal} />
      {ladder.value === null || (flags.value === null && flags.refusal === null) ? (
        <p role="status">loading</p>
      ) : (
        <Standing ladder={ladder.value} flags={flags.value ?? []} />
      )}
      <section class="panel" aria-labelledby="levels">
        <h2 id="levels">Levels</h2>
        <ol class="ladder">
          {(ladder.value ?? []).map((rung) => (
            <RungItem key={rung.level} rung={rung} acts={acts} />
          ))}
        </ol>
      </section>
      <Refused refusal={flags.refusal} />
      {flags.value === null ? null : (
        <Flags
          flags={flags.value}
          onLadder={new Set((ladder.value ?? []).flatMap(({ places }) => places.map(({ parameter }) => parameter)))}
          onChanged={lookAgain}
        />
      )}
      <StopDialog rung={stopping} onClose={() => setStopping(null)} onBegun={note} />
      <ResumeDialog what={resuming} onClose={() => setResuming(null)} onBegun={note} />
    </>
  );
}

/** All that stands, in one sentence; the flags beside the levels too, which stop as much. */
function Standing({ ladder, flags }: { ladder: readonly SeenRung[]; flags: readonly SeenFlag[] }) {
  const stopped = ladder.flatMap((rung) =>
    rung.places.filter(({ state }) => state === 'stopped').map((place) => nameOf(rung, place)),
  );
  const held = heldBy(flags);
  if (stopped.length === 0 && held.length === 0)
    return (
      <Notice kind="done">
        <b>Nothing is stopped.</b>
      </Notice>
    );
  return (
    <Notice kind="failed">
      {stopped.length === 0 ? (
        <b>No level is stopped.</b>
      ) : (
        <>
          <b>Stopped:</b> {stopped.toReversed().join(', ')}
        </>
      )}
      {held.length === 0 ? null : (
        <>
          {' '}
          <b>No customer gets a reply:</b> {held.join(', ')}
        </>
      )}
    </Notice>
  );
}

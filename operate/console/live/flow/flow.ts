/** Tells the live view what flows: a frame four times a second, figures once; as long as somebody looks. */
import type { AnyEvent } from '../../../../events/define-event.ts';
import type { Recorded } from '../../../../local/telemetry/series.ts';
import type { Stream } from '../../http/stream.ts';
import { type AggregateOptions, createAggregate, MARK_EVERY_MS, type Standing } from './aggregate.ts';
import type { Figures, Moment, SeenFact } from './figures.ts';

/** For a page that opens. */
export type FlowState = {
  readonly figures: Figures;
  readonly history: readonly Moment[];
  readonly seen: readonly SeenFact[];
};

export type Flow = {
  fact(fact: AnyEvent): void;
  measured(recorded: Recorded): void;
  state(): FlowState;
  close(): void;
};

const FRAME_MS = 250;
const FRAMES_A_SECOND = 1000 / FRAME_MS;

/** @param standing  looked up once a second while somebody looks */
export function createFlow(options: AggregateOptions, standing: () => Standing, stream: Stream): Flow {
  const aggregate = createAggregate(options);
  let frames = 0;
  const framing = setInterval(() => {
    const frame = aggregate.takeFrame();
    if (!stream.isHeard()) return;
    frames += 1;
    if (frame !== null) stream.send('flow', frame);
    if (frames % FRAMES_A_SECOND !== 0) return;
    stream.send('figures', aggregate.figures(standing()));
    const seen = aggregate.takeSeen();
    if (seen.length > 0) stream.send('seen', seen);
  }, FRAME_MS);
  const marking = setInterval(() => {
    const moment = aggregate.mark();
    if (stream.isHeard()) stream.send('moment', moment);
  }, MARK_EVERY_MS);
  for (const timer of [framing, marking]) timer.unref();
  return {
    fact: aggregate.fact,
    measured: aggregate.measured,
    state: () => ({ figures: aggregate.figures(standing()), history: aggregate.history(), seen: aggregate.seen() }),
    close() {
      clearInterval(framing);
      clearInterval(marking);
    },
  };
}

/** Where the spans of a function go: X-Ray, a collector, the log; each by itself, or none (platform §6.6). */
import type { Settings } from '../container.ts';
import type { Environment } from '../live-environment.ts';
import type { Clock, Ids } from '../ports.ts';
import type { Trace } from './doors.ts';
import { otlpSink } from './live-otlp.ts';
import { writeSpanLine } from './live-span-lines.ts';
import { recordingTrace } from './recorder.ts';

export type LiveTrace = { readonly trace: Trace; flush(): Promise<void> };

type About = Pick<Settings, 'functionName' | 'env' | 'release'>;
type Parts = { readonly clock: Pick<Clock, 'now' | 'monotonic'>; readonly ids: Pick<Ids, 'hex'> };

const untraced: Trace = (_span, _fields, run) => run(() => {});

export async function liveTrace(
  { isTraced, otlpEndpoint, spanLines }: Pick<Environment, 'isTraced' | 'otlpEndpoint' | 'spanLines'>,
  { functionName, env, release }: About,
  { clock, ids }: Parts,
): Promise<LiveTrace> {
  const sink =
    otlpEndpoint === null
      ? null
      : otlpSink(otlpEndpoint, { env, release, function: functionName }, () => clock.monotonic());
  const isRecorded = sink !== null || spanLines;
  const recorded = recordingTrace({
    clock,
    ids,
    functionName,
    take(span) {
      sink?.take(span);
      if (spanLines) writeSpanLine(span);
    },
  });
  const inner = isRecorded ? recorded : untraced;
  // Loading the X-Ray client costs more than all else; where nothing listens it stays out.
  const trace = isTraced ? (await import('./live-tracer.ts')).powertoolsTrace(release, inner) : inner;
  return { trace, flush: async () => sink?.flush() };
}

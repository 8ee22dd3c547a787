/** Rows of simulated facts, as `analytics` would have kept them at that time: by its own projection, in the files that SQL reads. */
import type { AnyEvent } from '../../../events/define-event.ts';
import { project } from '../../../functions/analytics/project.ts';
import { HEARD } from '../../../functions/analytics/rules.ts';
import type { RecordSink } from '../../../local/aws/firehose/record-files.ts';
import type { KeptEvent } from './kept-world.ts';

export function keepRows(sink: RecordSink, events: readonly KeptEvent[]): void {
  const byHour = Map.groupBy(
    events.filter(({ detailType }) => (HEARD as readonly string[]).includes(detailType)),
    ({ at }) => Math.floor(at / 3_600_000) * 3_600_000,
  );
  for (const [hour, heard] of byHour) sink.append(heard.map(rowOf), hour);
}

function rowOf({ detail }: KeptEvent): Buffer {
  return Buffer.from(JSON.stringify(project(JSON.parse(detail) as AnyEvent as Parameters<typeof project>[0])));
}

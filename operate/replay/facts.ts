/** States `ReplayStarted` and `ReplayCompleted`: the same id however often a run is taken up again. */
import { CATALOGUE } from '../../events/catalogue.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import { eventBridgeBus } from '../../functions/shared/bus/live-eventbridge.ts';
import { ulidOf, uuidV5 } from '../../functions/shared/ids.ts';
import { publish } from '../../functions/shared/publisher.ts';
import { RELEASE } from '../../local/platform/release.ts';
import { asking, busClient } from '../instance/clients.ts';
import type { Place } from '../instance/place.ts';
import type { Run } from './runs.ts';

type Name = 'ReplayStarted' | 'ReplayCompleted';

/** @param at  epoch milliseconds: when it began, or ended */
export async function stateFact(place: Place, name: Name, run: Run, at: number): Promise<void> {
  const client = busClient(place);
  try {
    const clock = { now: Date.now, monotonic: () => performance.now(), sleep: async () => {} };
    await asking('EventBridge', () =>
      publish({ bus: eventBridgeBus(client, place.env), clock }, [factOf(place, name, run, at)]),
    );
  } finally {
    client.destroy();
  }
}

function factOf({ env }: Place, name: Name, run: Run, at: number): AnyEvent {
  const startId = uuidV5(run.name, 'ReplayStarted' satisfies Name);
  const eventId = uuidV5(run.name, name);
  const occurredAt = new Date(at).toISOString();
  const trace = startId.replaceAll('-', '');
  return {
    metadata: {
      eventId,
      eventName: name,
      schemaVersion: CATALOGUE[name].version,
      occurredAt,
      publishedAt: occurredAt,
      conversationId: null,
      messageId: null,
      messageKey: null,
      intakeKey: null,
      conversationSeq: null,
      brandId: 'main',
      hops: name === 'ReplayStarted' ? 0 : 1,
      correlationId: `trc_${ulidOf(run.startedAt, startId)}`,
      causationId: startId,
      rootEventId: null,
      traceparent: `00-${trace}-${trace.slice(0, 16)}-01`,
      producer: 'replay-tool',
      release: RELEASE,
      env,
      channel: 'unknown',
      receivedAt: null,
      commentCreatedAt: null,
      replay: null,
      piiClass: 'L1',
      versions: {},
    },
    data: {
      name: run.name,
      purpose: run.purpose,
      window: { from: new Date(run.from).toISOString(), to: new Date(run.to).toISOString() },
      destinationRules: [run.rule],
      ...(name === 'ReplayCompleted' && { eventCount: run.eventsDone }),
    },
  };
}

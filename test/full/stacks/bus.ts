/** Asks the bus of one machine what the rules of the graph hear, and whether that is what its own rules hear. */
import { CATALOGUE, EVENT_NAMES, type EventName } from '../../../events/catalogue.ts';
import { EXAMPLE } from '../../../events/examples.ts';
import { openDatabase } from '../../../local/aws/database.ts';
import { createEventBridge } from '../../../local/aws/eventbridge/event-bridge.ts';
import { topology } from '../../../stacks/topology.ts';
import type { Graph } from '../../../tools/stacks/graph.ts';
import { all, nameOf } from '../../stacks/query.ts';
import type { Finding } from './cli.ts';
import type { Made } from './graphs.ts';

const ULID = '01JQ8Z5M9H3V6T2K4N7P0R1S8W';
const REPLAYS = [undefined, `recovery-${ULID}`, `rebuild-${ULID}`, `backfill-${ULID}`, 'by-hand'];

type Sample = Readonly<Record<string, unknown>>;
type Ask = (pattern: unknown, event: Sample) => boolean;

export function askBus({ graphs }: Made): Finding {
  const samples = samplesOf();
  const database = openDatabase(null);
  try {
    const ask = asking(database);
    const problems = graphs.flatMap((graph) =>
      compare(graph, samples, ask).map((problem) => `${graph.stage}: ${problem}`),
    );
    const rules = graphs.reduce((sum, graph) => sum + all(graph, 'cloudwatch.EventRule').length, 0);
    return {
      problems,
      figure: `${rules} patterns of the graphs and ${samples.length} events: ${problems.length} differences from the bus of one machine`,
    };
  } finally {
    database.close();
  }
}

/** The service's own `TestEventPattern`, which refuses a pattern that AWS would refuse. */
function asking(database: ReturnType<typeof openDatabase>): Ask {
  const { service } = createEventBridge({
    database,
    accountId: '000000000000',
    region: 'us-east-2',
    timing: { now: Date.now, setTimer: () => () => {}, timeScale: 1 },
    enqueueInvocation: () => true,
    sendToQueue: () => {},
  });
  return (pattern, event) => {
    const answer = service.operations.TestEventPattern?.({
      EventPattern: JSON.stringify(pattern),
      Event: JSON.stringify(event),
    });
    return (answer as { Result: boolean }).Result;
  };
}

function compare(graph: Graph, samples: readonly Sample[], ask: Ask): string[] {
  const rules = all(graph, 'cloudwatch.EventRule');
  const refused = rules.flatMap(({ name, properties }) => {
    try {
      ask(properties.eventPattern, samples[0] ?? {});
      return [];
    } catch (error) {
      return [`${name}: the bus refuses its pattern: ${(error as Error).message}`];
    }
  });
  const different = topology.rules.flatMap((spec) => {
    const name = spec.bus === 'default' ? `frontdesk-${graph.stage}-${spec.name}` : spec.name;
    const rule = rules.find((one) => nameOf(one) === name);
    if (rule === undefined) return [`${name} is not in the graph`];
    const heard = samples.filter((event) => ask(rule.properties.eventPattern, event));
    const heardHere = samples.filter((event) => ask(spec.pattern, event));
    if (heard.length === 0) return [`${name} hears none of the samples`];
    const missed = heardHere.filter((event) => !heard.includes(event)).length;
    const more = heard.filter((event) => !heardHere.includes(event)).length;
    return missed + more === 0 ? [] : [`${name} hears ${more} more and ${missed} less than on one machine`];
  });
  return [...refused, ...different];
}

/** Every fact by each of its producers, of each tier, stated live, derived from a replay and replayed; and a changed parameter. */
function samplesOf(): Sample[] {
  const facts = EVENT_NAMES.flatMap((event) =>
    CATALOGUE[event].producers.flatMap((producer) =>
      [0, 1, 2].flatMap((tierCandidate) =>
        [null, `recovery-${ULID}`].flatMap((derivedFrom) =>
          REPLAYS.map((replayed) => fact(event, producer, tierCandidate, derivedFrom, replayed)),
        ),
      ),
    ),
  );
  const parameter = { name: '/frontdesk/dev/safe_mode', operation: 'Update', type: 'String' };
  return [
    ...facts,
    whole({ source: 'aws.ssm', 'detail-type': 'Parameter Store Change', detail: parameter }),
    whole({ source: 'shop.orders', 'detail-type': 'MessageReceived', detail: {} }),
  ];
}

function fact(
  event: EventName,
  producer: string,
  tierCandidate: number,
  derivedFrom: string | null,
  replayed: string | undefined,
): Sample {
  const replay =
    derivedFrom === null ? null : { name: derivedFrom, purpose: 'recovery', originalEventId: EXAMPLE.eventId };
  const { example } = CATALOGUE[event];
  return whole({
    source: `frontdesk.${producer}`,
    'detail-type': event,
    detail: { metadata: { eventName: event, replay }, data: { ...example, tierCandidate } },
    ...(replayed !== undefined && { 'replay-name': replayed }),
  });
}

function whole(event: Sample): Sample {
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    account: '000000000000',
    time: '2026-01-31T09:30:00Z',
    region: 'us-east-2',
    resources: [],
    ...event,
  };
}

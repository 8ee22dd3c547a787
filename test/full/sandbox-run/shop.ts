/** One shop of the run: the sandbox itself on virtual time, every function's real code, and the real client between them. */
import { richpanelPorts } from '../../../functions/shared/helpdesk/live-richpanel.ts';
import { RICHPANEL_BUDGET, windowLimits } from '../../../functions/shared/limits/window.ts';
import type { Limits } from '../../../functions/shared/ports.ts';
import type { CallResult, OutgoingCall } from '../../../local/sandbox/ports.ts';
import { createSandbox, type Sandbox } from '../../../local/sandbox/sandbox.ts';
import { randomFaults } from '../../simulation/kernel/faults.ts';
import { createRandom } from '../../simulation/kernel/random.ts';
import { type MakeClient, WIRE_PORT } from '../../simulation/world/containers.ts';
import type { FaultName } from '../../simulation/world/faults.ts';
import { WEBHOOK_TOKEN } from '../../simulation/world/setup.ts';
import { createWorld, type World } from '../../simulation/world/world.ts';
import { optionsOf, type Setting } from './switches.ts';
import { type Exchange, wireOf } from './wire.ts';

/** What `setup.ts` has as secrets. */
const API_KEY = 'simulated-api-key';
const SEAT = 'seat-0';
/** Of the world beside the helpdesk, which has its own. */
const WORLD_FAULTS: readonly FaultName[] = ['duplicate', 'reorder', 'delay', 'throttle', 'deploy', 'flag-flip'];
/** Shares of all port calls: about one message in three meets one. */
const CALL_FAULTS = {
  'crash-before': 0.0005,
  'crash-after': 0.0005,
  'timeout-lost': 0.0005,
  'timeout-applied': 0.0005,
  throttle: 0.001,
  error: 0.0005,
  delay: 0.0005,
  zombie: 0.0003,
};
const LONGEST_FAULT_MS = 150_000;

export type Shop = {
  readonly world: World;
  readonly sandbox: Sandbox;
  readonly exchanges: readonly Exchange[];
  /** Answers of the door, by status. */
  readonly doorAnswers: ReadonlyMap<number, number>;
};

/** Protections taken away, for showing that the judge sees it. */
export type Spoiled = {
  readonly limits?: Limits;
  readonly ports?: (ports: ReturnType<MakeClient>) => ReturnType<MakeClient>;
};

export function openShop(seed: string, setting: Setting, withFaults: boolean, spoiled: Spoiled = {}): Shop {
  const exchanges: Exchange[] = [];
  const doorAnswers = new Map<number, number>();
  const client: MakeClient = ({ name, process, instruments, store, secrets, ids }) => {
    const ports = richpanelPorts({
      transport: (request) => instruments.port(process, WIRE_PORT, { exchange: wire(process) }).exchange(request),
      secrets,
      limits: spoiled.limits ?? windowLimits(store, process.clock, { richpanel: RICHPANEL_BUDGET }),
      isReadOnly: async () => false,
      knowsSeat: true,
      readsAs: name.startsWith('responder-') ? 'writes' : name === 'reconciler' ? 'polls' : 'reads',
      clock: process.clock,
      ids,
    });
    const whole = {
      helpdesk: ports.helpdesk(),
      directory: ports.directory(),
      tagger: ports.tagger(),
      closer: ports.closer(),
      noter: ports.noter(),
      sender: ports.sender(),
      orders: ports.orders(),
    };
    return spoiled.ports?.(whole) ?? whole;
  };
  const world = createWorld({
    seed,
    client,
    faults: withFaults ? WORLD_FAULTS : 'none',
    plan: withFaults ? randomFaults(createRandom(`${seed}/calls`), CALL_FAULTS, LONGEST_FAULT_MS) : () => undefined,
  });
  const outside = world.scheduler.process('sandbox');
  const sandbox = createSandbox({
    options: {
      ...optionsOf(setting),
      seed,
      seedData: false,
      apiKey: API_KEY,
      botAgentId: SEAT,
      webhookUrl: 'http://127.0.0.1/webhook',
      webhookToken: WEBHOOK_TOKEN,
    },
    ports: {
      now: () => world.scheduler.clock.now(),
      sleep: (ms) => outside.clock.sleep(ms),
      send: (call) => knock(world, call, doorAnswers),
    },
  });
  const wire = wireOf({
    scheduler: world.scheduler,
    random: world.random.fork('wire'),
    sandbox,
    onExchange: (exchange) => void exchanges.push(exchange),
  });
  return { world, sandbox, exchanges, doorAnswers };
}

/** The webhook at our door, as the sandbox fills it in: one attempt. */
async function knock(world: World, call: OutgoingCall, answers: Map<number, number>): Promise<CallResult> {
  const ended = await world.functions.invoke('ingest', {
    rawPath: new URL(call.url).pathname,
    headers: call.headers,
    body: call.body,
    requestContext: { http: { method: call.method } },
  });
  const answer = ended !== 'expired' && ended.ok ? (ended.value as { statusCode: number; body: string }) : null;
  const status = answer?.statusCode ?? 502;
  answers.set(status, (answers.get(status) ?? 0) + 1);
  const told = answer && status === 200 ? (JSON.parse(answer.body) as { event_id?: string }) : {};
  world.record({
    kind: 'webhook',
    at: world.scheduler.clock.now(),
    conversationId: '',
    commentId: '',
    status,
    eventId: told.event_id ?? null,
  });
  return { status };
}

/** One helpdesk, three ways: in memory, Richpanel's client over the sandbox in this process, and the same over HTTP. */
import { memoryClock } from '../../functions/shared/clock/memory.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import { liveHttpTransport } from '../../functions/shared/helpdesk/live-http.ts';
import { richpanelPorts } from '../../functions/shared/helpdesk/live-richpanel.ts';
import { memoryHelpdesk } from '../../functions/shared/helpdesk/memory.ts';
import { type HttpTransport, TransportError } from '../../functions/shared/helpdesk/transport.ts';
import { seededIds } from '../../functions/shared/ids/memory.ts';
import { unlimited } from '../../functions/shared/limits/unlimited.ts';
import type {
  Clock,
  HelpdeskCloser,
  HelpdeskReader,
  HelpdeskSender,
  HelpdeskTagger,
  Orders,
} from '../../functions/shared/ports.ts';
import { memorySecrets } from '../../functions/shared/secrets/memory.ts';
import { encodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { parseFaultRule } from '../../local/sandbox/faults/rules.ts';
import type { OptionsPatch } from '../../local/sandbox/options.ts';
import { createSandbox, type Sandbox } from '../../local/sandbox/sandbox.ts';
import { startSandboxServer } from '../../local/sandbox/server.ts';

export const NOON = Date.UTC(2026, 0, 12, 12, 0, 0);
export const BOT_ID = 'usr_bot_01';

export type HelpdeskPorts = {
  readonly reader: HelpdeskReader;
  readonly tagger: HelpdeskTagger;
  readonly closer: HelpdeskCloser;
  readonly sender: HelpdeskSender;
  readonly orders: Orders;
};

export type Shop = HelpdeskPorts & {
  customerWrites(id: string, text: string, channel: 'email' | 'livechat'): Promise<void>;
  agentWrites(id: string, text: string): Promise<void>;
  /** What customers received. */
  outbox(): readonly { readonly conversationId: string; readonly text: string }[];
  link(id: string, order: Record<string, unknown>): Promise<void>;
  /** The next write takes effect, and its answer is lost. */
  loseNextAnswer(): void;
  close(): Promise<void>;
};

export function memoryShop(): Shop {
  const clock = memoryClock(NOON);
  const desk = memoryHelpdesk(clock);
  let isArmed = false;
  const lossy = async <T>(run: () => Promise<T>): Promise<T> => {
    const answer = await run();
    if (!isArmed) return answer;
    isArmed = false;
    throw new VendorError('richpanel', 'network', { applied: 'unknown' });
  };
  return {
    reader: desk,
    tagger: {
      addTags: (...call) => lossy(() => desk.addTags(...call)),
      removeTags: (...call) => lossy(() => desk.removeTags(...call)),
      reopen: (...call) => lossy(() => desk.reopen(...call)),
    },
    closer: { close: (...call) => lossy(() => desk.close(...call)) },
    sender: { send: (...call) => lossy(() => desk.send(...call)) },
    orders: desk,
    customerWrites: async (conversationId, text, channel) => {
      clock.advance(1000);
      desk.customerWrites({
        conversationId,
        text,
        channel,
        customer: { email: 'nora@customer.test', firstName: 'Nora' },
      });
    },
    agentWrites: async (conversationId, text) => void desk.agentWrites(conversationId, text),
    outbox: () => desk.outbox,
    link: async (conversationId, order) => desk.link(conversationId, order),
    loseNextAnswer: () => {
      isArmed = true;
    },
    close: async () => {},
  };
}

export type SandboxShop = Shop & {
  readonly sandbox: Sandbox;
  /** Calls waited for, in milliseconds. */
  readonly waits: readonly number[];
  fault(rule: Record<string, unknown>): void;
};

export type ShopOptions = {
  readonly options?: OptionsPatch;
  readonly botId?: string | null;
  readonly isReadOnly?: boolean;
};

/** The client over the sandbox's own `handle`: no socket. */
export async function inProcessShop(options: ShopOptions = {}): Promise<SandboxShop> {
  const sandbox = newSandbox(options.options);
  return sandboxShop(sandbox, sandboxTransport(sandbox), async () => {}, options);
}

/** The client over HTTP on loopback. */
export async function httpShop(options: ShopOptions = {}): Promise<SandboxShop> {
  const sandbox = newSandbox(options.options);
  const server = await startSandboxServer({ sandbox, port: 0 });
  return sandboxShop(sandbox, liveHttpTransport(`${server.url}/v1`), server.close, options);
}

function newSandbox(options: OptionsPatch = {}): Sandbox {
  return createSandbox({
    options: { rateLimit: null, seedData: false, apiKey: 'test-key', ...options },
    ports: { now: () => NOON, sleep: async () => {}, send: async () => ({ status: 200 }) },
  });
}

/** Carries requests into the sandbox as a socket would, its broken wires included. */
export function sandboxTransport(sandbox: Sandbox): HttpTransport {
  return async ({ method, path, headers, body, mayWrite }) => {
    if (mayWrite && !mayWrite()) throw new TransportError('window_passed', false);
    const answer = await sandbox.handle({ method, path: `/v1${path}`, headers, ...(body === null ? {} : { body }) });
    if (answer.wire?.reset) throw new TransportError('network', true);
    if (answer.wire?.holdMs !== undefined) throw new TransportError('timeout', true);
    return { status: answer.status, headers: lowerCased(answer.headers), body: answer.body };
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function sandboxShop(
  sandbox: Sandbox,
  transport: HttpTransport,
  close: () => Promise<void>,
  { botId = BOT_ID, isReadOnly = false }: ShopOptions,
): SandboxShop {
  const waits: number[] = [];
  const time = memoryClock(NOON);
  const clock: Clock = {
    ...time,
    sleep: async (ms) => {
      waits.push(ms);
      time.advance(ms);
    },
  };
  const ports = richpanelPorts({
    transport,
    secrets: memorySecrets(
      new Map([
        ['richpanel/api_key', 'test-key'],
        ...(botId === null ? [] : [['richpanel/bot_agent_id', botId] as const]),
      ]),
    ),
    limits: unlimited(time),
    isReadOnly: async () => isReadOnly,
    knowsSeat: true,
    clock,
    ids: seededIds('shop'),
  });
  const fault = (rule: Record<string, unknown>): void => {
    const parsed = parseFaultRule(rule);
    if (typeof parsed === 'string') throw new Error(parsed);
    sandbox.addFaults([parsed]);
  };
  return {
    sandbox,
    waits,
    fault,
    reader: ports.helpdesk(),
    tagger: ports.tagger(),
    closer: ports.closer(),
    sender: ports.sender(),
    orders: ports.orders(),
    async customerWrites(conversationId, text, channel) {
      sandbox.advance(1000);
      await sandbox.customerWrites({
        conversationId,
        text,
        channel: channel === 'livechat' ? 'messenger' : channel,
        customer: { name: 'Nora Field', email: 'nora@customer.test' },
      });
    },
    async agentWrites(conversationId, text) {
      sandbox.advance(1000);
      await sandbox.agentActs({ conversationId, text });
    },
    outbox: () =>
      sandbox.outbox().map(({ ticketId, body }) => ({ conversationId: encodeVendorId(ticketId) ?? '', text: body })),
    async link(conversationId, order) {
      await sandbox.customerWrites({ conversationId, text: 'again', order });
    },
    loseNextAnswer: () => fault({ match: { method: 'PUT' }, times: 1, fault: 'write_then_reset' }),
    close,
  };
}

/** One conversation whose every await on a port is a step, so that somebody else can write before any of them. */
import type { FunctionName } from '../../../events/words.ts';
import { VendorError } from '../../../functions/shared/errors.ts';
import { type Choreography, choreography } from '../../choreography.ts';

export type Writer = 'customer' | 'agent';
/** Somebody writes before the step of this number; `null` for the run that counts them. */
export type Interruption = { readonly before: number; readonly by: Writer } | null;

export type Conversation = {
  readonly name: string;
  readonly text: string;
  readonly channel: 'email' | 'livechat';
  readonly order?: unknown;
  /** The helpdesk refuses the first attempt to send with 429. */
  readonly isRefusedOnce?: boolean;
  /** Another decision moves the conversation on while the reply is committed. */
  readonly isContended?: boolean;
  /** A defect: the door is shown the ticket as it was at first. */
  readonly isBlind?: boolean;
};

export type Run = {
  /** `function port.method`, in order. */
  readonly steps: readonly string[];
  /** Step of the ticket reading that the send rested on; `null` where nothing was sent. */
  readonly lastReRead: number | null;
  /** Step of that send. */
  readonly sentAt: number | null;
  /** The read-back has found what nobody had seen. */
  readonly isResidual: boolean;
  /** Replies that the customer received, with the comment that each answers. */
  readonly answered: readonly string[];
  /** Id of the comment that came in between. */
  readonly interrupting: string | null;
};

export const FUNCTIONS: readonly FunctionName[] = [
  'ingest',
  'classify',
  'order-lookup',
  'verify',
  'responder-route',
  'responder-reply',
  'responder-settle',
];
const PORTS = [
  'store',
  'bus',
  'queues',
  'flags',
  'secrets',
  'helpdesk',
  'tagger',
  'closer',
  'sender',
  'orders',
] as const;
const ANOTHER = { customer: 'Please hurry, I need to know.', agent: 'I am looking into it.' } as const;

/** Runs the conversation to where nothing is left to deliver. */
export async function converse(conversation: Conversation, interruption: Interruption): Promise<Run> {
  const c = choreography();
  const steps: string[] = [];
  const reads: number[] = [];
  let interrupting: string | null = null;
  let lastReRead: number | null = null;
  let sentAt: number | null = null;

  function step(name: string): void {
    steps.push(name);
    if (interruption?.before === steps.length) interrupting = writes(c, interruption.by);
    if (name === 'responder-reply helpdesk.ticket') reads.push(steps.length);
    if (name !== 'responder-reply sender.send') return;
    lastReRead = reads.at(-1) ?? null;
    sentAt = steps.length;
  }

  for (const name of FUNCTIONS) instrument(c, name, step);
  if (conversation.isRefusedOnce) refuseOnce(c);
  if (conversation.isContended) contend(c);
  const { text, channel, order } = conversation;
  c.helpdesk.customerWrites({ conversationId: 't-1', text, channel });
  if (order !== undefined) c.helpdesk.link('t-1', order);
  if (conversation.isBlind) await blind(c);
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  await c.pass(90_000, 15_000);
  const tags = (await c.helpdesk.ticket('t-1'))?.tags ?? [];
  return {
    steps,
    sentAt,
    isResidual: tags.includes('mw-error-needs-attention'),
    lastReRead: c.helpdesk.outbox.length === 0 ? null : lastReRead,
    answered: c.factsOf('ReplySent').map(({ data }) => String(data.answersCommentId)),
    interrupting,
  };
}

function writes(c: Choreography, by: Writer): string {
  return by === 'customer'
    ? c.helpdesk.customerWrites({ conversationId: 't-1', text: ANOTHER.customer })
    : c.helpdesk.agentWrites('t-1', ANOTHER.agent);
}

/** Tells of every await on a port, before it, as `function port.method`. */
export function instrument(c: Choreography, name: FunctionName, step: (name: string) => void): void {
  const container = c.containerOf(name);
  const wrapped = PORTS.map((port) => [port, watched(container[port], (method) => step(`${name} ${port}.${method}`))]);
  Object.assign(container, Object.fromEntries(wrapped));
}

function watched<P extends object>(port: P, seen: (method: string) => void): P {
  return new Proxy(port, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== 'function' || typeof property !== 'string') return member;
      return (...args: unknown[]) => {
        seen(property);
        return Reflect.apply(member, target, args);
      };
    },
  });
}

/** The helpdesk refuses the first attempt to send with 429. */
export function refuseOnce(c: Choreography): void {
  const container = c.containerOf('responder-reply');
  const { sender } = container;
  let attempts = 0;
  Object.assign(container, {
    sender: {
      send: (...call: Parameters<typeof sender.send>) => {
        attempts += 1;
        if (attempts > 1) return sender.send(...call);
        return Promise.reject(new VendorError('richpanel', 'rate_limited', { status: 429, retryAfterMs: 1_000 }));
      },
    },
  });
}

/** The version moves on under the first commit; nothing that would forbid the reply changes. */
function contend(c: Choreography): void {
  const container = c.containerOf('responder-reply');
  const { store } = container;
  let moved = false;
  Object.assign(container, {
    store: {
      get: (...call: Parameters<typeof store.get>) => store.get(...call),
      put: (...call: Parameters<typeof store.put>) => store.put(...call),
      update: (...call: Parameters<typeof store.update>) => store.update(...call),
      remove: (...call: Parameters<typeof store.remove>) => store.remove(...call),
      query: (...call: Parameters<typeof store.query>) => store.query(...call),
      change: async (...call: Parameters<typeof store.change>) => {
        const isCommit = call[2].set?.last_reply_approval !== undefined;
        if (isCommit && !moved) {
          moved = true;
          await c.store.update('conversation_state', { conversation_id: 't-1' }, { add: { version: 1 } });
        }
        return store.change(...call);
      },
    },
  });
}

async function blind(c: Choreography): Promise<void> {
  const container = c.containerOf('responder-reply');
  const { helpdesk } = container;
  const first = await c.helpdesk.ticket('t-1');
  const ticket: typeof helpdesk.ticket = async (id) => {
    const now = await helpdesk.ticket(id);
    return c.helpdesk.outbox.length > 0 ? now : first;
  };
  Object.assign(container, { helpdesk: { ticket } });
}

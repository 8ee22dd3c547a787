/** One conversation, and an operator who stops before one of its awaits: the command's own code over the ports in memory. */
import type { SWITCHED_RULES } from '../../../events/flags.ts';
import { flagsFrom } from '../../../functions/shared/flags/flags.ts';
import { OPEN_BY_SWEEP } from '../../../functions/shared/store/tables.ts';
import { WAITS } from '../../../functions/shared/times.ts';
import type { Stored } from '../../../operate/flags/parameters.ts';
import { REPLY_CLAIM } from '../../../operate/switches/claims.ts';
import type { Switch } from '../../../operate/switches/levels.ts';
import type { Levers } from '../../../operate/switches/levers.ts';
import { pull, untilInForce } from '../../../operate/switches/pull.ts';
import { type Choreography, choreography } from '../../choreography.ts';
import { FUNCTIONS, instrument, refuseOnce } from '../interleaved/world.ts';

export type Stopping = {
  /** Number of the step before which the command begins. */
  readonly before: number;
  readonly what: Switch;
  /** A defect: the command asks nobody whether a reply is on its way. */
  readonly isHasty?: boolean;
};
export type Stopped = {
  /** `function port.method`, in order. */
  readonly steps: readonly string[];
  /** What the customer had received when the command began, when it returned, and in the end. */
  readonly received: { readonly before: number; readonly atReturn: number; readonly after: number };
};

const TEXT = 'My lamp arrived broken, the glass is shattered.';
const ABOUT = { by: 'operator', reason: 'wrong replies' };

/** @param stopping  `null` for the run that counts the steps */
export async function conversed(stopping: Stopping | null, isRefusedOnce = false): Promise<Stopped> {
  const c = choreography();
  for (const name of FUNCTIONS) keepFlags(c, name);
  const waiting: (() => void)[] = [];
  const steps: string[] = [];
  const received = { before: 0, atReturn: 0, after: 0 };
  let stopped: Promise<void> | null = null;
  let hasReturned = false;

  async function stop({ what, isHasty = false }: Stopping): Promise<void> {
    received.before = c.helpdesk.outbox.length;
    const levers = leversOf(c, (resume) => waiting.push(resume), isHasty);
    await pull(levers, what, ABOUT);
    await untilInForce(levers, what, ABOUT, 0);
    received.atReturn = c.helpdesk.outbox.length;
    hasReturned = true;
  }
  const step = (name: string): void => {
    steps.push(name);
    for (const resume of waiting.splice(0)) resume();
    if (stopping?.before === steps.length) stopped = stop(stopping);
  };

  sendSlowly(c);
  for (const name of FUNCTIONS) instrument(c, name, step);
  if (isRefusedOnce) refuseOnce(c);
  c.helpdesk.customerWrites({ conversationId: 't-1', text: TEXT, channel: 'email' });
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  await c.pass(90_000, 15_000);
  // Nothing moves any more; the command still looks again a few times.
  for (let turn = 0; stopped !== null && !hasReturned && turn < 1_000; turn += 1) {
    for (const resume of waiting.splice(0)) resume();
    await Promise.resolve();
  }
  await stopped;
  received.after = c.helpdesk.outbox.length;
  return { steps, received };
}

/** Much can happen between the last look and the customer's inbox. */
function sendSlowly(c: Choreography): void {
  const container = c.containerOf('responder-reply');
  const { sender } = container;
  const send: typeof sender.send = async (...call) => {
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    return sender.send(...call);
  };
  Object.assign(container, { sender: { send } });
}

/** As long as on AWS: only a reading that skips them sees a switch at once. */
function keepFlags(c: Choreography, name: (typeof FUNCTIONS)[number]): void {
  const container = c.containerOf(name);
  const options = { cacheMs: WAITS.flagCacheMs, writesPhrase: null };
  Object.assign(container, { flags: flagsFrom(c.parameters, c.clock, container.telemetry, options) });
}

function leversOf(c: Choreography, later: (resume: () => void) => void, isHasty: boolean): Levers {
  const { values } = c.parameters;
  const versions = new Map<string, number>();
  const stored = (name: string): Stored | null => {
    const value = values.get(name);
    return value === undefined ? null : { value, version: versions.get(name) ?? 1, changedAt: '' };
  };
  return {
    flags: {
      read: async (name) => stored(name),
      async write(name, value, _about, basedOn) {
        values.set(name, value);
        versions.set(name, basedOn + 1);
        return { value, version: basedOn + 1, changedAt: '' };
      },
    },
    rules: {
      isOn: async (rule) => !c.rulesOff.has(rule),
      async set(rule, isOn) {
        if (isOn) c.rulesOff.delete(rule);
        else c.rulesOff.add(rule satisfies keyof typeof SWITCHED_RULES);
      },
    },
    async openClaims() {
      const question = { index: OPEN_BY_SWEEP, partition: 'act', upTo: Number.MAX_SAFE_INTEGER, limit: 100 };
      const open = isHasty ? [] : await c.store.query('idempotency', question);
      const claimed = open.filter(({ key, status }) => status === 'CLAIMED' && String(key).startsWith(REPLY_CLAIM));
      return new Set(claimed.map(({ key }) => String(key)));
    },
    monotonic: c.clock.monotonic,
    // Until the next step of anybody: the finest that the command can be mixed with them.
    sleep: () => new Promise((resolve) => later(resolve)),
    tell: () => {},
  };
}

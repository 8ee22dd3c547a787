/** A message that is under way when the ledger is lost: accepted, recorded, handed to nobody. It must be taken up, and not answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import { INTAKE_RULE } from '../../functions/shared/rules.ts';
import { Failure } from '../failure.ts';
import { readOutbox, writeAsCustomer } from '../instance/sandbox.ts';
import { endpointTables, type Tables } from '../instance/tables.ts';
import { withLevers } from '../switches/levers.ts';
import { type Fact, readTrail } from '../trail/trail.ts';
import type { Copy } from './scratch.ts';

export type TakenUp = {
  readonly conversationId: string;
  /** As `MessageSettled` tells it before replies are on again; `null` where nobody took it up. */
  readonly outcome: string | null;
  /** What its customer had received by the end, after replays and webhooks: 0 in a drill that succeeds. */
  readonly replies: number;
};

/** Would be answered on any other day: that it is not is the point. */
const TEXT = 'My lamp arrived broken, the glass is shattered.';
const POLL_MS = 100;
const STATED_WITHIN_MS = 20_000;
/** `recover` lets it rest for a minute, on a copy too: by then every function reads the raised generation. */
const SETTLED_WITHIN_MS = 150_000;

/** Pure. */
export const isRoutedOnly = ({ outcome, replies }: TakenUp): boolean => outcome === 'routed' && replies === 0;

/**
 * Leaves one on a running copy, which is to be stopped at once: the next sweep would hand it on. The rule is on again by then, so
 * that nothing but the loss holds it up. Answers its conversation.
 */
export async function leaveUnderWay({ context, instance }: Copy, signal: AbortSignal): Promise<string> {
  const id = `drill-under-way-${Date.now().toString(36)}`;
  await withLevers(context, async ({ rules, tables }) => {
    await rules.set(INTAKE_RULE, false);
    try {
      const customer = { email: `${id}@customers.example` };
      await writeAsCustomer(instance, { conversationId: id, channel: 'email', text: TEXT, customer });
      // By then the bus has handed it to all that hear it, the archive among them.
      if ((await stated(tables, id, 'MessageReceived', STATED_WITHIN_MS, signal)) === null)
        throw new Failure('nothing_under_way', 'the copy recorded no message to leave under way', 'drill again');
    } finally {
      await rules.set(INTAKE_RULE, true);
    }
  });
  return id;
}

/** What became of it; waits for its end, `null` where none comes. */
export async function outcomeOf({ instance }: Copy, id: string, signal: AbortSignal): Promise<string | null> {
  const tables = endpointTables(instance);
  try {
    const settled = await stated(tables, id, 'MessageSettled', SETTLED_WITHIN_MS, signal);
    return settled === null ? null : String(settled.data.outcome);
  } finally {
    await tables.close();
  }
}

export async function repliesTo({ instance }: Copy, id: string): Promise<number> {
  return (await readOutbox(instance)).filter(({ ticketId }) => ticketId === id).length;
}

async function stated(
  tables: Pick<Tables, 'query'>,
  id: string,
  name: string,
  within: number,
  signal: AbortSignal,
): Promise<Fact | null> {
  for (const until = performance.now() + within; performance.now() < until; ) {
    const fact = (await readTrail(tables, id)).find(({ metadata }) => metadata.eventName === name);
    if (fact !== undefined) return fact;
    await sleep(POLL_MS, undefined, { signal });
  }
  return null;
}

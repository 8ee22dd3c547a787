/** Messages through the running product, its model played by the stand-in with every fault mixed in. */
import { setTimeout as delay } from 'node:timers/promises';
import type { AnyEvent } from '../../events/define-event.ts';
import { runRows } from '../../local/demo/run.ts';
import { startPlatform } from '../../local/platform/platform.ts';
import type { Behaviour } from '../openai-stand-in/behaviours.ts';
import { type Seen, STAND_IN_KEY, startStandIn } from '../openai-stand-in/server.ts';
import { type Audit, auditOf } from './audit.ts';
import { type Message, messagesOf } from './messages.ts';
import { behaviourFor, isRight } from './mix.ts';

export type FaultRun = {
  readonly messages: number;
  /** Of these, the first so many meet a vendor that is down, until its breaker has opened and closed again. */
  readonly outage: number;
  readonly concurrency: number;
  readonly timeScale: number;
};

/** The platform is started in memory, and ended whatever happens. */
export async function runFaults({ messages: count, outage, concurrency, timeScale }: FaultRun): Promise<Audit> {
  const messages = messagesOf(count, Date.now());
  const byMark = new Map(messages.map((message) => [message.mark, message]));
  const right = new Set<string>();
  const messageOf = ({ message }: Seen): Message => {
    const found = byMark.get(/I think of the (\w+ \w+)\./.exec(message)?.[1] ?? '');
    if (!found) throw new Error('a message that nobody wrote');
    return found;
  };
  const standIn = await startStandIn((seen): Behaviour => {
    const message = messageOf(seen);
    const behaviour = behaviourFor(message, seen, outage);
    if (isRight(behaviour, message)) right.add(`${seen.kind} ${message.mark} ${seen.attempt}`);
    return behaviour;
  });
  const platform = await startPlatform({
    folder: null,
    limits: 'unlimited',
    timeScale,
    agesFrom: 'received',
    sandbox: { webhookBody: 'with-message-id', escape: 'json', webhookTimeoutMs: 60_000 },
    model: { apiKey: STAND_IN_KEY, baseUrl: standIn.url },
  });
  const facts = new Map<string, AnyEvent>();
  platform.endpoint.tap.listen((fact) => facts.set(fact.metadata.eventId, fact));
  try {
    const rows = messages.map(({ row }) => row);
    const results = await runRows(rows.slice(0, outage), platform, { concurrency });
    if (outage > 0) await delay(BREAKER_MS * timeScale);
    // The first message after the outage meets no fault. Alone, it is the probe that closes the breaker.
    results.push(...(await runRows(rows.slice(outage, outage + 1), platform, { concurrency })));
    results.push(...(await runRows(rows.slice(outage + 1), platform, { concurrency })));
    const replies = new Map(messages.map(({ row }) => [row.conversationId ?? '', 0]));
    for (const { ticketId } of platform.sandbox.outbox()) replies.set(ticketId, (replies.get(ticketId) ?? 0) + 1);
    return auditOf({
      messages,
      results,
      replies,
      facts: [...facts.values()],
      standIn,
      isRight: (call) => right.has(`${call.kind} ${messageOf(call).mark} ${call.attempt}`),
      messageOf,
    });
  } finally {
    await platform.stop();
    await standIn.close();
  }
}

/** How long the breaker stays open (platform §5.6), and a little. */
const BREAKER_MS = 61_000;

/**
 * The fault script of issue 4: 2,000 messages on a fixed schedule, 10 % of the webhooks delivered again, HTTP 429 on every
 * tenth write, one `SIGKILL` of the system in the middle. Each message is on a ticket of its own.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OutboxEntry, WriteEntry } from '../../../../local/sandbox/model/types.ts';
import { type Written, writeAll } from '../../load/helpdesk.ts';
import { openLoop } from '../../load/open-loop.ts';
import { routableMessages } from '../../load/rows.ts';
import type { Running, Subject } from '../subjects/subject.ts';
import { type Effects, effectsOn, PROCESSED, type SeenTicket } from './effects.ts';

export type FaultRun = {
  readonly messages: number;
  readonly ratePerSecond: number;
  readonly say: (line: string) => void;
};

export type FaultReport = Effects & {
  readonly messages: number;
  /** Open by the system's own books at the end. */
  readonly unfinished: number;
  readonly again: number;
  /** Webhooks without a 200, because the system was down; each was sent again after the restart. */
  readonly unanswered: number;
  /** Writes that the helpdesk refused with 429. */
  readonly refused: number;
  /** Accepted and not finished at the kill, by the system's own books. */
  readonly openAtKill: number;
  /** From the kill until the system accepted webhooks again. */
  readonly downMs: number;
};

const EVERY_TENTH_WRITE = {
  match: { method: 'PUT', path: '/v1/tickets/**', every: 10 },
  fault: { name: 'rate429', retryAfter: 1 },
};
/** One webhook in ten comes again, so many deliveries later. */
const AGAIN_EVERY = 10;
const AGAIN_AFTER = 25;
/** Without any progress for longer than Lambda's waits between attempts (1 and 2 minutes), what is not done is lost. */
const PATIENCE_MS = 240_000;
/** After the last one is done, for whatever is still to be done twice. */
const GRACE_MS = 30_000;
const LOOK_EVERY_MS = 1_000;

export async function faultScript(subject: Subject, { messages, ratePerSecond, say }: FaultRun): Promise<FaultReport> {
  let running = await subject.start();
  try {
    await running.helpdesk.control('POST', 'faults', EVERY_TENTH_WRITE);
    const written = await writeAll(running.helpdesk, routableMessages(messages));
    const deliveries = withRepeats(written);
    say(`${subject.name}: ${deliveries.length} webhooks at ${ratePerSecond}/s`);

    const restarted = Promise.withResolvers<{ openAtKill: number; downMs: number }>();
    const killAt = Math.floor(deliveries.length / 2);
    const shots = await openLoop(deliveries, ratePerSecond, async (delivery, index) => {
      if (index === killAt) {
        void killAndRestart(running, say).then(({ again, ...told }) => {
          running = again;
          restarted.resolve(told);
        }, restarted.reject);
      }
      // Refused by nobody being there, from the kill until the restart.
      await running.knock(delivery);
    });
    const told = await restarted.promise;
    const unanswered = deliveries.filter((_, index) => shots[index]?.ok === false);
    say(`${subject.name}: ${unanswered.length} webhooks without an answer are sent again`);
    for (const delivery of unanswered) await running.knock(delivery);

    const accepted = new Set(written.map(({ ticketId }) => ticketId));
    await untilProcessed(running, accepted, (done) => say(`${subject.name}: ${done} of ${messages} processed`));
    await sleep(GRACE_MS);
    const writes = await running.helpdesk.control<WriteEntry[]>('GET', 'writes');
    const effects = effectsOn(
      accepted,
      await running.helpdesk.control<SeenTicket[]>('GET', 'tickets'),
      writes,
      await running.helpdesk.control<OutboxEntry[]>('GET', 'outbox'),
    );
    const refused = writes.filter(({ status }) => status === 429).length;
    return {
      ...effects,
      messages,
      unfinished: await running.unfinished(),
      again: deliveries.length - messages,
      unanswered: unanswered.length,
      refused,
      ...told,
    };
  } finally {
    await running.stop();
  }
}

/** Every tenth delivery comes once more, some deliveries later. */
function withRepeats(written: readonly Written[]): Written[] {
  const first = written.map((one, at) => ({ one, at }));
  const again = first.filter(({ at }) => at % AGAIN_EVERY === 0).map(({ one, at }) => ({ one, at: at + AGAIN_AFTER }));
  return [...first, ...again].toSorted((a, b) => a.at - b.at).map(({ one }) => one);
}

async function killAndRestart(running: Running, say: (line: string) => void) {
  const openAtKill = await running.unfinished();
  say(`SIGKILL with ${openAtKill} messages under way`);
  const killedAt = performance.now();
  await running.kill();
  const again = await running.restart();
  // Faults of the sandbox end with its process; one that lived on has them still.
  await again.helpdesk.control('DELETE', 'faults');
  await again.helpdesk.control('POST', 'faults', EVERY_TENTH_WRITE);
  return { again, openAtKill, downMs: Math.round(performance.now() - killedAt) };
}

/** Resolves when every ticket bears the mark and the system's books are closed, or when nothing moves any more. */
async function untilProcessed(
  { helpdesk, unfinished }: Running,
  accepted: ReadonlySet<string>,
  tell: (done: number) => void,
): Promise<void> {
  const done = new Set<string>();
  let since = 0;
  let movedAt = performance.now();
  let told = 0;
  while ((done.size < accepted.size || (await unfinished()) > 0) && performance.now() - movedAt < PATIENCE_MS) {
    const news = await helpdesk.control<WriteEntry[]>('GET', `writes?since=${since}`);
    for (const { ticketId, applied, body } of news) {
      const { tags }: { tags?: unknown } = Object(body);
      const isMark = applied && Array.isArray(tags) && tags.includes(PROCESSED);
      if (isMark && ticketId !== null && accepted.has(ticketId)) done.add(ticketId);
    }
    if (news.length > 0) movedAt = performance.now();
    since = news.at(-1)?.seq ?? since;
    if (done.size - told >= 200) {
      told = done.size;
      tell(told);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

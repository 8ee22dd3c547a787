/**
 * The real pipeline on memory ports, over a bus that delivers one in five events twice and one in five late; agents send feedback, and a
 * part of the facts is backfilled while it goes on. What came of it lies in the tables and in the rows.
 */
import { readFileSync } from 'node:fs';
import type { AnyEvent } from '../../events/define-event.ts';
import { FEEDBACK, type Feedback, type FeedbackKind } from '../../events/feedback.ts';
import { type FunctionName, TEAMS, type Team } from '../../events/words.ts';
import { analytics } from '../../functions/analytics/handler.ts';
import { FUNCTION_SETTINGS } from '../../functions/shared/function-settings.ts';
import { uuidV5 } from '../../functions/shared/ids.ts';
import { delivered, exampleOf } from '../../functions/shared/testing.ts';
import { type Choreography, choreography } from '../choreography.ts';
import { createRandom } from '../simulation/kernel/random.ts';

export type Disorder = { readonly twice: number; readonly late: number; readonly deliveries: number };
export type Traffic = Pick<Choreography, 'store' | 'records'> & {
  readonly conversations: readonly string[];
  /** Conversations of which an agent said that they went to the wrong team, or which team's they are. */
  readonly misrouted: ReadonlySet<string>;
  readonly disorder: Disorder;
  /** Epoch milliseconds, when nothing was under way any more. */
  readonly endedAt: number;
};

type Delivery = { readonly to: FunctionName; readonly event: unknown };

const SHARE = 0.2;
const TAGGED = 0.3;
const BACKFILL = 'backfill-01JQ8Z5M9H3V6T2K4N7P0R0000';
/** Written by hand for the demo, all intents and tiers among them. */
const TEXTS = readFileSync(new URL('../../local/demo/messages.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => (JSON.parse(line) as { readonly text: string }).text);

export async function disorderlyTraffic(seed: string, conversations: number): Promise<Traffic> {
  const everybody = FUNCTION_SETTINGS.map(({ name }) => name);
  const c = choreography(undefined, everybody);
  const watch = analytics(c.containerOf('analytics'));
  const random = createRandom(seed);
  const pending: Delivery[] = [];
  const disorder = { twice: 0, late: 0, deliveries: 0 };
  let taken = 0;

  /** Somewhere among what waits; the end where nothing does. */
  const anywhere = (): number => random.integer(0, pending.length);

  function enqueue(delivery: Delivery): void {
    disorder.deliveries += 1;
    const isLate = random.chance(SHARE);
    if (isLate) disorder.late += 1;
    pending.splice(isLate ? anywhere() : pending.length, 0, delivery);
    if (!random.chance(SHARE)) return;
    disorder.twice += 1;
    pending.splice(anywhere(), 0, delivery);
  }

  function take(): void {
    const stated = c.bus.published.slice(taken);
    taken += stated.length;
    for (const { detail } of stated) {
      const fact = JSON.parse(detail) as AnyEvent;
      const event = delivered(fact) as Record<string, unknown>;
      for (const to of c.heardBy(event)) enqueue({ to, event });
      if (!random.chance(SHARE)) continue;
      const again = delivered(fact, BACKFILL) as Record<string, unknown>;
      for (const to of c.heardBy(again)) enqueue({ to, event: again });
    }
  }

  /** The one that has waited longest, or one of those behind it. */
  async function deliverAll(): Promise<void> {
    take();
    while (pending.length > 0) {
      const [next] = pending.splice(random.chance(SHARE) ? random.integer(0, pending.length - 1) : 0, 1);
      if (next === undefined) return;
      if (next.to === 'analytics') await watch(next.event);
      else await c.hand(next.to, next.event);
      take();
    }
  }

  const ids = Array.from({ length: conversations }, (_, at) => `conv_${String(at).padStart(6, '0')}`);
  for (const [at, conversationId] of ids.entries()) {
    const text = TEXTS[random.integer(0, TEXTS.length - 1)] ?? '';
    const channel = random.chance(0.3) ? 'livechat' : 'email';
    const messageId = c.helpdesk.customerWrites({ conversationId, channel, text });
    await c.webhook({
      schema_version: 1,
      trigger: 'customer_message',
      conversation_id: conversationId,
      message_id: messageId,
    });
    take();
    // Some are under way together.
    if (at % 4 === 3) await deliverAll();
    c.clock.advance(random.integer(1_000, 90_000));
  }
  for (let round = 0; round < 6; round += 1) {
    await deliverAll();
    await c.pass(20 * 60_000, 60_000);
    await c.sweep();
  }
  const misrouted = new Set<string>();
  for (const conversationId of ids) {
    if (!random.chance(TAGGED)) continue;
    const isMisroute = random.chance(0.6);
    if (isMisroute) misrouted.add(conversationId);
    const kinds = isMisroute ? random.pick(MISROUTE_TAGS) : HELPFUL_TAGS;
    for (const tag of tagsOf(kinds, random.pick(TEAMS)))
      await c.bus.putEvents([entryOf(feedback(conversationId, tag, c.clock.now()))]);
  }
  await deliverAll();
  return { store: c.store, records: c.records, conversations: ids, misrouted, disorder, endedAt: c.clock.now() };
}

/** What agents set: a macro both, a hurried person one of them. */
const MISROUTE_TAGS: readonly [readonly FeedbackKind[], ...(readonly FeedbackKind[])[]] = [
  ['misroute', 'correct_dept'],
  ['misroute'],
  ['correct_dept'],
];
const HELPFUL_TAGS: readonly FeedbackKind[] = ['auto_reply_helpful'];

const tagsOf = (kinds: readonly FeedbackKind[], right: Team): Feedback[] =>
  FEEDBACK.filter(({ kind, team }) => kinds.includes(kind) && (team === null || team === right));

/** One fact for a tag, as `functions/shared/feedback.ts` states them. */
function feedback(conversationId: string, { code, team }: Feedback, now: number): AnyEvent {
  const eventId = uuidV5('feedback', `${conversationId} ${code}`);
  const about = { conversationId, eventId, messageId: null, messageKey: null };
  const metadata = { ...about, rootEventId: null, producer: 'ingest' } as const;
  const right = { correctDepartment: team ?? undefined };
  return exampleOf('AgentFeedbackReceived', now, metadata, { tagCodes: [code], ...right });
}

function entryOf(fact: AnyEvent) {
  const { producer, eventName } = fact.metadata;
  return { source: `frontdesk.${producer}`, detailType: eventName, detail: JSON.stringify(fact) };
}

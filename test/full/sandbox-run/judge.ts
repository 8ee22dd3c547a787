/** Judges a shop by what its customers received and by what came over the wire; knows nothing of how it came about. */
import type { Comment, Ticket } from '../../../local/sandbox/model/types.ts';
import { readAccount } from '../../simulation/checker/reading.ts';
import { rootsWithoutEnd } from '../../simulation/checker/settling.ts';
import { DISPUTES } from '../../simulation/scenario.ts';
import { doubled } from '../kill-nine/replies.ts';
import { claimsIn, isAboutAnOrder, wrongIn } from './claims.ts';
import { orderNumber, parcelNumber } from './orders.ts';
import type { Played, Version } from './play.ts';
import type { Conversation } from './scenario.ts';
import type { Exchange } from './wire.ts';

export type Violation = { readonly rule: string; readonly says: string };

/** Facts may be so old when they are rendered (replies §2.7); then what a reading lagged behind, and the way of the send. */
const FRESH_MS = 900_000 + 30_000;
/** A reading is good for so long; another request's way comes on top (protocols §6). */
const RESIDUAL_MS = 2_250;

export type Judged = {
  readonly violations: readonly Violation[];
  readonly replies: number;
  readonly orderReplies: number;
  readonly settled: number;
  /** Most requests that arrived within one of the vendor's windows. */
  readonly busiest: number;
};

export function judge(played: Played): Judged {
  const { shop, conversations } = played;
  const { sandbox, exchanges } = shop;
  const byId = new Map(conversations.map((one) => [one.id, one]));
  const account = { facts: shop.world.history.facts, tickets: [], resting: [], canary: '', trail: [] };
  const reading = readAccount(account);
  const tickets = conversations.flatMap(({ id }) => sandbox.ticket(id) ?? []);
  const outbox = sandbox.outbox();
  const violations: Violation[] = [];
  const blame = (rule: string, says: string): void => void violations.push({ rule, says });

  for (const { eventId } of rootsWithoutEnd(reading)) blame('settled', `${eventId} never settled`);
  if (!played.isQuiet) blame('settled', 'something still runs, waits or is open');
  const shown = tickets.map(({ id, comments }) => ({
    id,
    comments: comments.map((one) => ({ id: one.id, is_operator: one.isOperator })),
  }));
  for (const id of doubled(shown, outbox)) blame('double', id);
  let orderReplies = 0;
  for (const { ticketId, body, at, commentId } of outbox) {
    const conversation = byId.get(ticketId);
    const ticket = sandbox.ticket(ticketId);
    if (!conversation || !ticket) {
      blame('stranger', ticketId);
      continue;
    }
    const claims = claimsIn(body);
    if (isAboutAnOrder(claims)) {
      orderReplies += 1;
      const wrong = wrongFacts(conversation, played.truth.get(ticketId) ?? [], body, Date.parse(at));
      if (wrong.length > 0) blame('order facts', `${ticketId}: ${wrong.join('; ')}`);
    }
    if (claims.greeting !== null && claims.greeting !== conversation.buyer.firstName)
      blame('order facts', `${ticketId}: greets ${claims.greeting}`);
    for (const objection of objections(ticket, commentId, Date.parse(at), played.setting.staleReadMs))
      blame('overtaken', `${ticketId}: ${objection}`);
  }
  for (const exchange of exchanges)
    if (exchange.status === 429 && exchange.fault === null && exchange.method !== 'GET')
      blame('rate', `${exchange.method} at ${exchange.arrivedAt}`);
  for (const says of tooSoon(exchanges)) blame('retry-after', says);
  return {
    violations,
    replies: outbox.length,
    orderReplies,
    settled: new Set(reading.told.filter(({ name }) => name === 'MessageSettled').map(({ rootEventId }) => rootEventId))
      .size,
    busiest: busiest(exchanges),
  };
}

/** What a reply says that no version of the order allowed when its facts may have been read. */
export function wrongFacts(
  conversation: Conversation,
  versions: readonly Version[],
  body: string,
  at: number,
): string[] {
  const claims = claimsIn(body);
  const own = { order: orderNumber(conversation.index), parcel: parcelNumber(conversation.index) };
  const inForce = versions.filter(
    ({ from }, index) => from <= at && (versions[index + 1]?.from ?? Number.POSITIVE_INFINITY) >= at - FRESH_MS,
  );
  const verdicts = inForce.map(({ sayable }) =>
    sayable === null ? ['nothing may be said about this order'] : wrongIn(claims, own, sayable),
  );
  return verdicts.some((wrong) => wrong.length === 0) ? [] : (verdicts[0] ?? ['no such order']);
}

/** Why a reply should not have left: an operator's word or a dispute that could be read before it was checked last. */
function objections({ comments }: Ticket, replyId: string, at: number, staleMs: number): string[] {
  const readable = (one: Comment): boolean =>
    one.id !== replyId &&
    one.hidden !== true &&
    Math.max(one.createdAt, one.visibleAt ?? 0) <= at - RESIDUAL_MS - staleMs;
  const before = comments.filter(readable);
  const newest = before.at(-1);
  const unanswered = before.slice(before.findLastIndex(({ isOperator }) => isOperator) + 1);
  return [
    ...(newest?.isOperator ? ['the newest comment was an operator’s'] : []),
    ...unanswered.filter(({ plainBody }) => DISPUTES.includes(plainBody)).map(() => 'a dispute stood there'),
  ];
}

/** A process that was told to wait and asked for the same thing before the time was over. */
function tooSoon(exchanges: readonly Exchange[]): string[] {
  const until = new Map<string, number>();
  const found: string[] = [];
  for (const { by, method, path, leftAt, arrivedAt, status, retryAfter } of exchanges) {
    const key = `${by} ${method} ${path}`;
    if (leftAt < (until.get(key) ?? 0)) found.push(`${key} ${(until.get(key) ?? 0) - leftAt} ms too soon`);
    until.delete(key);
    if (status !== 429 || retryAfter === null) continue;
    const seconds = Number(retryAfter);
    until.set(key, Number.isNaN(seconds) ? Date.parse(retryAfter) : arrivedAt + seconds * 1000);
  }
  return found;
}

function busiest(exchanges: readonly Exchange[]): number {
  const times = exchanges.map(({ arrivedAt }) => arrivedAt).sort((left, right) => left - right);
  let first = 0;
  let most = 0;
  for (const [last, at] of times.entries()) {
    while ((times[first] ?? at) <= at - 30_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

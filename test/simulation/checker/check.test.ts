/** Bad histories, made by hand, one for each rule: a checker that lets them pass would prove nothing. */
import { describe, expect, it } from 'vitest';
import type { Account, Fact } from '../facts.ts';
import { check } from './check.ts';

const CONVERSATION = 'conv-1';
const ROOT = '01900000-0000-7000-8000-000000000001';
const SENDER = 'responder-reply#1';

const event = (at: number, name: string, eventId: string, data: Record<string, unknown> = {}, seq = '01A'): Fact => ({
  kind: 'published',
  at,
  by: 'somebody#1',
  source: 'frontdesk.somebody',
  detailType: name,
  detail: JSON.stringify({
    metadata: {
      eventId,
      publishedAt: new Date(at).toISOString(),
      rootEventId: ROOT,
      conversationId: CONVERSATION,
      conversationSeq: seq,
    },
    data,
  }),
});
const root = event(100, 'MessageReceived', ROOT);
const settled = event(9_000, 'MessageSettled', 'settled', { outcome: 'replied' });
const classified = event(500, 'MessageClassified', 'decided', { rank: 1, routeTag: 'route-a', routeWhen: 'now' });
const comment = (at: number, commentId: string, more: Partial<Extract<Fact, { kind: 'comment' }>> = {}): Fact => ({
  kind: 'comment',
  at,
  conversationId: CONVERSATION,
  commentId,
  author: 'customer',
  readableAt: at,
  isDispute: false,
  ...more,
});
const webhook: Fact = {
  kind: 'webhook',
  at: 110,
  conversationId: CONVERSATION,
  commentId: 'c1',
  status: 200,
  eventId: ROOT,
};
const read = (at: number): Fact => ({ kind: 'read', at, by: SENDER, conversationId: CONVERSATION, asOf: at });
const claimed = (at: number): Fact => ({
  kind: 'claimed',
  at,
  by: SENDER,
  conversationId: CONVERSATION,
  commentId: 'c1',
});
const sent = (at: number, commentId = 'b1'): Fact[] => [
  comment(at, commentId, { author: 'bot' }),
  { kind: 'sent', at, writtenAt: at - 50, by: SENDER, conversationId: CONVERSATION, commentId, text: 'Hello.' },
];
const tagged = (added: string[], removed: string[] = []): Fact => ({
  kind: 'tags',
  at: 2_000,
  by: 'responder-route#1',
  conversationId: CONVERSATION,
  added,
  removed,
});

/** One question, routed, answered and settled; `change` makes it bad. */
function account(facts: readonly Fact[], change: Partial<Account> = {}): Account {
  const ids = facts.flatMap((fact) =>
    fact.kind === 'published' ? [(JSON.parse(fact.detail) as { metadata: { eventId: string } }).metadata.eventId] : [],
  );
  return {
    facts,
    tickets: [{ conversationId: CONVERSATION, tags: ['route-a'], status: 'open' }],
    resting: [],
    canary: 'zoqulx',
    trail: [...new Set(ids)],
    ...change,
  };
}
const START = [comment(0, 'c1'), root, webhook, classified];
const ANSWER = [read(1_000), claimed(1_100), ...sent(1_200)];
const rulesOf = (given: Account): string[] => [...new Set(check(given).violations.map(({ rule }) => rule))];

describe('the checker', () => {
  it('finds nothing in a good history', () => {
    expect(check(account([...START, ...ANSWER, settled]))).toEqual({
      violations: [],
      repliesSent: 1,
      unsettled: 0,
      residualRaces: 0,
    });
  });

  it.each<[string, Account]>([
    ['lost', account([...START, ...ANSWER])],
    [
      'lost',
      account([...START, { kind: 'failure', at: 5_000, target: 'classify', cause: 'error', body: `{"x":"${ROOT}"}` }]),
    ],
    ['settled-once', account([...START, settled, event(9_100, 'MessageSettled', 'settled-again')])],
    [
      'one-reply',
      account([
        ...START,
        ...[read(1_000), claimed(1_100)],
        // The second sender could not yet read the first reply: no excuse.
        comment(1_200, 'b1', { author: 'bot', readableAt: 5_000 }),
        ...sent(1_200).slice(1),
        ...[read(1_300), claimed(1_400), ...sent(1_500, 'b2'), settled],
      ]),
    ],
    [
      'same-bytes',
      account([
        ...START,
        event(600, 'MessageClassified', 'decided', { rank: 1, routeTag: 'route-a', tier: 0 }),
        settled,
      ]),
    ],
    ['tier0-reply', account([...START, comment(900, 'c2', { isDispute: true }), ...ANSWER, settled])],
    ['operator-newest', account([...START, comment(900, 'a1', { author: 'agent' }), ...ANSWER, settled])],
    ['unchecked-window', account([...START, read(1_000), claimed(1_100), ...sent(4_000), settled])],
    ['unchecked-window', account([...START, claimed(1_100), ...sent(1_200), settled])],
    ['sent-after-stop', account([...START, { kind: 'switch', at: 1_050, stopped: true }, ...ANSWER, settled])],
    [
      'sent-after-stop',
      account([
        ...START,
        { kind: 'switch', at: 1_150, stopped: true },
        claimed(1_100),
        read(32_000),
        ...sent(32_100),
        settled,
      ]),
    ],
    [
      'stale-route',
      account([...START, event(700, 'MessageClassified', 'newer', { rank: 1, routeTag: 'route-b' }, '01B'), settled]),
    ],
    [
      'stale-route',
      account([...START, event(700, 'EscalationRaised', 'raised', { routeTag: 'route-leadership-team' }), settled]),
    ],
    [
      'stale-route',
      account([...START, settled], {
        tickets: [{ conversationId: CONVERSATION, tags: ['route-a', 'route-b'], status: 'open' }],
      }),
    ],
    [
      'stale-route',
      account([...START, settled], { tickets: [{ conversationId: CONVERSATION, tags: [], status: 'open' }] }),
    ],
    ['tags-grow', account([...START, tagged(['route-a'], ['mw-processed']), settled])],
    ['missed-dispute', account([comment(0, 'c1', { isDispute: true }), root, webhook, classified, settled])],
    ['settled-last', account([...START, settled, event(9_500, 'ReplyDenied', 'late')])],
    ['private', account([...START, event(600, 'ReplyDenied', 'leak', { note: 'from Zoqulxab' }), settled])],
    ['private', account([...START, settled], { resting: [{ place: 'table idempotency', text: 'ZOQULXAB' }] })],
    ['replay-write', account([...START, settled, { kind: 'replay', at: 9_900, name: 'recovery-1' }, tagged(['x'])])],
    ['trail', account([...START, settled], { trail: [ROOT, 'decided'] })],
    ['trail', account([...START, settled], { trail: [ROOT, 'decided', 'decided', 'settled'] })],
  ])('catches %s', (rule, given) => expect(rulesOf(given)).toEqual([rule]));

  it('counts, but does not blame, what came within the window that nobody can close', () => {
    const late = comment(1_100, 'c2', { isDispute: true });
    expect(check(account([...START, read(1_000), claimed(1_050), late, ...sent(1_200), settled]))).toMatchObject({
      violations: [],
      residualRaces: 1,
    });
  });

  it('takes a message in a failure queue for given up only where its ticket says so', () => {
    const failed: Fact = { kind: 'failure', at: 5_000, target: 'classify', cause: 'error', body: ROOT };
    const tickets = [
      { conversationId: CONVERSATION, tags: ['route-a', 'mw-error-needs-attention'], status: 'open' as const },
    ];
    expect(check(account([...START, failed], { tickets }))).toMatchObject({ violations: [], unsettled: 1 });
  });
});

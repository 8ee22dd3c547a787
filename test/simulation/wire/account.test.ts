import { describe, expect, it } from 'vitest';
import { accountOf, type Found, type Shown } from './account.ts';
import { judge } from './judge.ts';

const AT = Date.UTC(2026, 2, 3, 9, 0, 0);
const iso = (ms: number): string => new Date(AT + ms).toISOString();

const NOTHING: Found = {
  fired: [],
  disputes: new Set(),
  readableAt: new Map(),
  switches: [],
  replays: [],
  tickets: [],
  outbox: [],
  writes: [],
  archived: [],
  ledger: [],
  failures: [],
  trail: [],
  resting: [],
  canary: 'zoqulx',
  staleMs: 0,
};

type Line = { readonly who: 'customer' | 'us' | 'agent'; readonly ms: number };

/** A ticket and the outbox as one conversation left them. */
function conversation(...lines: Line[]): Pick<Found, 'tickets' | 'outbox'> {
  const comments = lines.map(({ who, ms }, index) => ({
    id: `c${index}`,
    author_id: who === 'customer' ? 'cus_1' : 'usr_1',
    created_at: iso(ms),
    is_operator: who !== 'customer',
  }));
  const ticket: Shown = { id: 'conv-1', status: 'OPEN', tags: [], comments };
  const outbox = lines.flatMap(({ who, ms }, index) =>
    who === 'us' ? [{ ticketId: 'conv-1', commentId: `c${index}`, at: iso(ms), body: 'Hello' }] : [],
  );
  return { tickets: [ticket], outbox };
}

const event = (ms: number, eventName: string, rootEventId: string | null, eventId = `${eventName}-1`) => ({
  at: AT + ms,
  source: 'frontdesk.ingest',
  detailType: eventName,
  detail: {
    metadata: { eventId, eventName, rootEventId, conversationId: 'conv-1', conversationSeq: null },
    data: {},
  },
});
const ACCEPTED = { at: AT + 10, conversationId: 'conv-1', commentId: 'c0', status: 200, eventId: 'root-1' };

/** What these thin accounts are about; approvals, claims and causes, which other rules ask for, no line of them tells. */
const ABOUT: readonly string[] = [
  ...[
    'lost',
    'same-bytes',
    'one-reply',
    'tier0-reply',
    'operator-newest',
    'sent-after-stop',
    'tags-grow',
    'missed-dispute',
  ],
  ...['private', 'replay-write', 'trail'],
];
const rulesOf = (found: Partial<Found>): string[] =>
  judge(accountOf({ ...NOTHING, ...found }))
    .violations.map(({ rule }) => rule)
    .filter((rule) => ABOUT.includes(rule));

describe('a run on the wire is judged', () => {
  it('clean when it was', () => {
    const archived = [event(20, 'MessageReceived', null, 'root-1'), event(5_000, 'MessageSettled', 'root-1', 'end-1')];
    const found = {
      ...conversation({ who: 'customer', ms: 0 }, { who: 'us', ms: 4_000 }),
      fired: [ACCEPTED],
      archived,
      trail: ['root-1', 'end-1'],
    };
    expect(rulesOf(found)).toEqual([]);
  });

  it('lost, when what a 200 named never settled', () => {
    expect(rulesOf({ ...conversation({ who: 'customer', ms: 0 }), fired: [ACCEPTED] })).toEqual(['lost']);
  });

  it.each([
    { when: 'two replies to one message', ways: ['customer', 'us', 'us'], rules: ['one-reply', 'operator-newest'] },
    { when: 'a reply to each of two messages', ways: ['customer', 'us', 'customer', 'us'], rules: [] },
    { when: 'a reply over an agent’s', ways: ['customer', 'agent', 'us'], rules: ['operator-newest'] },
  ] as const)('$when → $rules', ({ ways, rules }) => {
    const lines = ways.map((who, index) => ({ who, ms: index * 10_000 }));
    expect(rulesOf(conversation(...lines))).toEqual(rules);
  });

  it.each([
    { ms: 4_999, rules: [] },
    { ms: 5_001, rules: ['tier0-reply'] },
  ])('a reply $ms ms after a dispute → $rules: before that the sender may not have seen it', ({ ms, rules }) => {
    const found = conversation({ who: 'customer', ms: 0 }, { who: 'us', ms });
    expect(rulesOf({ ...found, disputes: new Set(['c0']) })).toEqual(rules);
  });

  it('a dispute that reads did not show yet is the residual window’s', () => {
    const found = conversation({ who: 'customer', ms: 0 }, { who: 'us', ms: 8_000 });
    const hidden = { disputes: new Set(['c0']), readableAt: new Map([['c0', AT + 4_000]]) };
    const { residualRaces } = judge(accountOf({ ...NOTHING, ...found, ...hidden }));
    expect([rulesOf({ ...found, ...hidden }), residualRaces]).toEqual([[], 1]);
  });

  it('a send after a stop, by the claim in the ledger', () => {
    const found = conversation({ who: 'customer', ms: 0 }, { who: 'us', ms: 9_000 });
    const switches = [{ kind: 'switch', at: AT + 6_000, stopped: true }] as const;
    const claim = (ms: number) => [{ key: 'act:rp_reply:conv-1:c0', status: 'DONE', received_at: AT + ms }];
    expect(rulesOf({ ...found, switches, ledger: claim(5_900) })).toEqual([]);
    expect(rulesOf({ ...found, switches, ledger: claim(6_100) })).toEqual(['sent-after-stop']);
  });

  it.each(['tags', 'untag', 'assign', 'status', 'message', 'comment', 'other'] as const)(
    'a write of kind %s after a replay began, applied or refused',
    (kind) => {
      const replays = [{ kind: 'replay', at: AT + 1_000, name: 'recovery-1' }] as const;
      const write = (ms: number, applied: boolean) => ({ at: iso(ms), ticketId: 'conv-1', kind, body: {}, applied });
      expect(rulesOf({ replays, writes: [write(900, true)] })).toEqual([]);
      expect(rulesOf({ replays, writes: [write(1_100, true)] })).toEqual(['replay-write']);
      expect(rulesOf({ replays, writes: [write(1_100, false)] })).toEqual(['replay-write']);
    },
  );

  it('a dispute that nobody read before its deadline, unless its ticket asks for a person', () => {
    const { tickets } = conversation({ who: 'customer', ms: 0 });
    const dispute = (tags: string[], ...names: string[]) => ({
      tickets: tickets.map((ticket) => ({ ...ticket, tags })),
      fired: [ACCEPTED],
      disputes: new Set(['c0']),
      archived: ['MessageSettled', ...names].map((name) => event(9_000, name, 'root-1', name)),
      trail: ['MessageSettled', ...names],
    });
    const triage = ['mw-error-needs-attention', 'mw-needs-manual-triage'];
    expect(rulesOf(dispute(['mw-escalated-human']))).toEqual([]);
    expect(rulesOf(dispute(triage, 'MessageStalled'))).not.toContain('missed-dispute');
    expect(rulesOf(dispute(triage))).toContain('missed-dispute');
    expect(rulesOf(dispute([], 'MessageStalled'))).toContain('missed-dispute');
    expect(rulesOf(dispute(triage, 'MessageClassified', 'MessageStalled'))).toContain('missed-dispute');
  });

  it('a tag that was taken away and is no route, and an event told in two ways', () => {
    const writes = [
      { at: iso(0), ticketId: 'conv-1', kind: 'untag', body: { tags: ['route-returns', 'mw-tier-1'] }, applied: true },
    ] as const;
    const [first, second] = [event(0, 'TicketRouted', 'root-1'), event(1, 'TicketRouted', 'root-2')];
    expect(rulesOf({ writes })).toEqual(['tags-grow']);
    expect(rulesOf({ archived: [first, second], trail: ['TicketRouted-1'] })).toEqual(['same-bytes']);
  });

  it('a customer’s words where none may lie, and an event that the trail lacks', () => {
    const resting = [{ place: 'log', text: 'Zoqulx wrote' }];
    expect(rulesOf({ resting })).toEqual(['private']);
    expect(rulesOf({ archived: [event(0, 'MessageClassified', 'root-1')] })).toEqual(['trail']);
  });
});

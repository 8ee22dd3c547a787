/** The conversation record that facts make again: what nobody lived to tell counts as well. */
import { expect, it } from 'vitest';
import { announcing } from '../../functions/responder/settle/testing.ts';
import { commitRoute, readConversation } from '../../functions/shared/conversation/conversation.ts';
import { readSlots } from '../../functions/shared/conversation/customers.ts';
import { memoryStore } from '../../functions/shared/store/memory.ts';
import { exampleOf, testClock } from '../../functions/shared/testing.ts';
import { choreography } from '../../test/choreography.ts';
import { restoreCaps } from './caps.ts';
import { restoreConversationRecord } from './conversation-record.ts';
import { type Fact, historyOf } from './history.ts';

it('a Tier 0 that was decided, and whose routing nobody told, has the register: an older decision comes too late', async () => {
  const c = choreography(undefined, ['responder-route']);
  c.helpdesk.customerWrites({
    conversationId: 't-1',
    text: 'I have opened a dispute with my bank about this payment.',
  });
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  expect(c.names()).not.toContain('TicketRouted');
  const rebuilt = { store: memoryStore(c.clock), clock: c.clock };
  await restoreConversationRecord(rebuilt, historyOf('t-1', c.facts()));
  const { routed } = await readConversation(rebuilt, 't-1');
  const [decision] = c.factsOf('MessageClassified');
  expect(routed).toMatchObject({
    rank: 2,
    by: decision?.data.decisionId,
    route: { routeTag: 'route-chargebacks-disputes' },
  });
  const route = { team: 'Email Support Team', routeTag: 'route-email-support-team', tags: [] } as const;
  const late = { seq: '01KF0000000000000000000000', rank: 1, by: 'dec_older', route } as const;
  expect((await commitRoute(rebuilt, 't-1', late)).stands).toBe(false);
  // Its own router comes yet, and repeats the commit.
  const own = { ...late, seq: routed?.seq ?? '', rank: 2, by: routed?.by ?? '' } as const;
  expect((await commitRoute(rebuilt, 't-1', own)).stands).toBe(true);
});

it.each([
  { outcome: 'none is told', counts: 1 },
  { outcome: 'it is unknown', counts: 1 },
  { outcome: 'it was withheld', counts: 0 },
])(
  'an approved reply counts for the conversation and the customer where $outcome: $counts',
  async ({ outcome, counts }) => {
    const c = choreography(undefined, ['responder-reply']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: 'The mug arrived broken, the handle is off.' });
    await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
    const [approval] = c.factsOf('ReplyApproved') as unknown as [Fact<'ReplyApproved'>];
    const { answersCommentId, approvalId, candidate } = approval.data;
    const about = { conversationId: 't-1' };
    const told = { answersCommentId, approvalId };
    const end =
      outcome === 'it is unknown'
        ? [exampleOf('ReplyFailed', c.clock.now(), about, { ...told, outcome: 'unknown' })]
        : outcome === 'it was withheld'
          ? [exampleOf('ReplySuppressed', c.clock.now(), about, told)]
          : [];
    const rebuilt = { store: memoryStore(c.clock), clock: c.clock };
    const history = historyOf('t-1', [...c.facts(), ...end]);
    await restoreConversationRecord(rebuilt, history);
    await restoreCaps(rebuilt, history);
    expect((await readConversation(rebuilt, 't-1')).replies).toHaveLength(counts);
    const { slots } = await readSlots(rebuilt, String(candidate.customerHash));
    expect(slots.map((slot) => slot.approvalId)).toEqual(counts === 0 ? [] : [approvalId]);
  },
);

it('the committed route, written again for a message given up, keeps its place: the message’s own route outranks it', async () => {
  const now = Date.parse('2026-03-03T09:35:00.000Z');
  const [older, newer] = ['01KJSGKTYFR4ZHPXF4P5HMAMQQ', '01KJSGM1VZ3GAXKJ5R506SQHRJ'];
  const routed = (seq: string, at: number, data: object) =>
    exampleOf(
      'TicketRouted',
      now + at,
      {
        conversationId: 't-1',
        conversationSeq: seq,
        eventId: `0194b8a0-3c1e-7d2a-8f00-${String(at).padStart(12, '0')}`,
      },
      { assigned: true, rank: 1, ...data },
    );
  const sales = { department: 'Sales Team', routeTag: 'route-sales-team' };
  const email = { department: 'Email Support Team', routeTag: 'route-email-support-team' };
  const facts = [
    routed(older, 0, { ...sales, decisionId: 'dec_older', mode: 'now' }),
    routed(newer, 1, { ...sales, decisionId: null, mode: 'fallback' }),
    routed(newer, 2, { ...email, decisionId: 'dec_newer', mode: 'afterReply' }),
  ];
  const clock = testClock();
  clock.advance(now + 60_000 - clock.now());
  const rebuilt = { store: memoryStore(clock), clock };
  await restoreConversationRecord(rebuilt, historyOf('t-1', facts));
  expect((await readConversation(rebuilt, 't-1')).routed).toMatchObject({
    by: 'dec_newer',
    route: { routeTag: email.routeTag },
  });
});

it.each([
  { told: 'nothing', closes: true },
  { told: 'that it was withheld', closes: false },
  { told: 'that it was sent and the ticket routed', closes: false },
])(
  'an approved reply that announces a resolution may have closed its ticket where $told is told: $closes',
  async ({ told, closes }) => {
    const c = announcing(['responder-reply']);
    await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
    const [approval] = c.factsOf('ReplyApproved') as unknown as [Fact<'ReplyApproved'>];
    const { answersCommentId, approvalId, decisionId } = approval.data;
    const about = { conversationId: 't-1' };
    const outcome = { answersCommentId, approvalId };
    const ends = {
      nothing: [],
      'that it was withheld': [exampleOf('ReplySuppressed', c.clock.now(), about, outcome)],
      'that it was sent and the ticket routed': [
        exampleOf('ReplySent', c.clock.now(), about, outcome),
        exampleOf('TicketRouted', c.clock.now(), about, { decisionId, mode: 'afterReply' }),
      ],
    }[told];
    const rebuilt = { store: memoryStore(c.clock), clock: c.clock };
    await restoreConversationRecord(rebuilt, historyOf('t-1', [...c.facts(), ...(ends ?? [])]));
    expect((await readConversation(rebuilt, 't-1')).autoResolved).toBe(closes);
  },
);

/** The conversation record that facts make again: what nobody lived to tell counts as well. */
import { expect, it } from 'vitest';
import { commitRoute, readConversation } from '../../functions/shared/conversation/conversation.ts';
import { readSlots } from '../../functions/shared/conversation/customers.ts';
import { memoryStore } from '../../functions/shared/store/memory.ts';
import { exampleOf } from '../../functions/shared/testing.ts';
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

import { describe, expect, it } from 'vitest';
import { fact } from '../testing.ts';
import { conversationOf } from './message.ts';

const ticketFact = { rootEventId: null, messageId: null, messageKey: null };
const said = (seconds: number, code: string, at: string, eventId?: string) =>
  fact(
    'AgentFeedbackReceived',
    seconds,
    { tagCodes: [code], appliedAt: at },
    { ...ticketFact, ...(eventId ? { eventId } : {}) },
  );

describe('a conversation', () => {
  const first = [
    fact('MessageClassified', 1, { routingConfidence: 0.91, primaryIntent: 'damaged_item' }),
    fact('TicketRouted', 2),
    fact('ReplySent', 3),
  ];
  const later = { messageKey: 'cmt_0050', messageId: 'cmt_0050', eventId: '0194b2c0-0000-7000-8000-0000000000aa' };

  it('is a record for each message, of codes and numbers', () => {
    const { messages } = conversationOf([
      ...first,
      fact('ReplyDenied', 62, {}, { ...later, eventId: later.eventId.replace('aa', 'ab') }),
      fact('MessageClassified', 60, { tier: null, routingConfidence: null }, later),
    ]);
    expect(messages).toMatchObject([
      {
        messageKey: 'cmt_0042',
        intent: 'damaged_item',
        confidence: 0.91,
        isRouted: true,
        templateId: 't_damaged_item_intake',
        reasonCode: null,
      },
      {
        messageKey: 'cmt_0050',
        confidence: null,
        isRouted: false,
        templateId: null,
        reasonCode: 'automation_disabled',
      },
    ]);
  });

  it('a route of tags alone is none', () => {
    const { messages } = conversationOf([fact('MessageClassified', 1), fact('TicketRouted', 2, { routeTag: null })]);
    expect(messages[0]?.isRouted).toBe(false);
  });

  it('what an agent says is about the newest message that was decided by then', () => {
    const second = fact('MessageClassified', 60, {}, later);
    const { said: words } = conversationOf([
      ...first,
      second,
      said(70, 'mw:feedback:misroute', '2026-01-31T09:30:30.000Z'),
      said(80, 'mw:feedback:bad_reply', '2026-01-31T09:40:00.000Z'),
    ]);
    expect(words.map(({ feedback, about }) => [feedback.kind, about?.messageKey])).toEqual([
      ['misroute', 'cmt_0042'],
      ['bad_reply', 'cmt_0050'],
    ]);
  });

  it('a tag that another ledger states again counts once, and so does a fact that a replay brought back', () => {
    const once = said(70, 'mw:feedback:misroute', '2026-01-31T09:40:00.000Z');
    const again = said(90, 'mw:feedback:misroute', '2026-01-31T09:50:00.000Z', '0194b2c0-0000-7000-8000-0000000000ff');
    expect(conversationOf([...first, once, once, again]).said).toHaveLength(1);
  });

  it('what could not be read goes to the fallback team, without an intent', () => {
    const { messages } = conversationOf([fact('ClassificationFailed', 1)]);
    expect(messages).toMatchObject([{ intent: 'unknown_other', team: 'Email Support Team', isUnread: true }]);
  });
});

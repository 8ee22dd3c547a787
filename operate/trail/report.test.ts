import { describe, expect, it } from 'vitest';
import { fact, ROOT_ID } from '../testing.ts';
import { tell } from './progress.ts';
import { messageOfRoot, messageValue, ticketReport } from './report.ts';
import { ticketStory } from './story.ts';

const replied = [
  fact('MessageReceived', 0),
  fact('MessageClassified', 1),
  fact('TicketRouted', 2),
  fact('ReplyApproved', 3),
  fact('ReplySent', 4),
  fact('MessageSettled', 5),
];

describe('ticketReport', () => {
  it('tells one message from its facts alone', () => {
    const [message, ...others] = ticketReport('conv_1001', replied).messages;
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      messageKey: 'cmt_0042',
      channel: 'email',
      receivedAt: '2026-01-31T09:30:00.000Z',
      outcome: 'replied',
      endToEndMs: 1840,
      events: ['MessageReceived', 'MessageClassified', 'TicketRouted', 'ReplyApproved', 'ReplySent', 'MessageSettled'],
      writes: [
        { by: 'responder-route', kind: 'route', team: 'Returns Admin', tags: ['mw-processed', 'route-returns-admin'] },
        { by: 'responder-reply', kind: 'reply', templateId: 't_damaged_item_intake', tags: ['mw-auto-replied'] },
      ],
    });
  });

  it('shows the gate report of the last stage that judged', () => {
    const message = messageOfRoot(replied, ROOT_ID);
    expect(message?.decision?.stage).toBe('sending');
    expect(messageOfRoot(replied.slice(0, 4), ROOT_ID)?.decision?.stage).toBe('approval');
    expect(messageOfRoot(replied.slice(0, 2), ROOT_ID)?.decision?.stage).toBe('classification');
  });

  it('has no outcome while the message is under way', () => {
    expect(messageOfRoot(replied.slice(0, 3), ROOT_ID)).toMatchObject({ outcome: null, endToEndMs: null });
    expect(messageOfRoot(replied, '0194b2c0-0000-7000-8000-00000000ffff')).toBeNull();
  });

  it('counts a route without an assignment as tags alone', () => {
    const report = messageOfRoot([fact('TicketRouted', 2, { assigned: false, routeTag: null })], ROOT_ID);
    expect(report?.writes).toMatchObject([{ kind: 'route', team: null }]);
  });

  it('leaves replayed facts out of the events and keeps them among the facts', () => {
    const replay = { name: 'recovery-1', purpose: 'recovery' as const, originalEventId: ROOT_ID };
    const again = fact('MessageClassified', 9, {}, { replay });
    const message = messageOfRoot([...replied, again], ROOT_ID);
    expect(message?.events.filter((name) => name === 'MessageClassified')).toHaveLength(1);
    expect(message?.facts).toContain(again);
  });

  it('keeps two messages of a conversation apart, the older first', () => {
    const later = {
      rootEventId: '0194b2c0-0000-7000-8000-0000000000aa',
      receivedAt: '2026-01-31T10:00:00.000Z',
      messageId: 'cmt_0050',
    };
    const second = [fact('MessageClassified', 1, {}, later), fact('MessageSettled', 2, { outcome: 'routed' }, later)];
    const { messages } = ticketReport('conv_1001', [...second, ...replied]);
    expect(messages.map(({ messageKey, outcome }) => [messageKey, outcome])).toEqual([
      ['cmt_0042', 'replied'],
      ['cmt_0050', 'routed'],
    ]);
  });

  it('what an agent says by tag is of the ticket, and no message of its own', () => {
    const about = {
      rootEventId: null,
      messageId: null,
      messageKey: null,
      eventId: '0194b2c0-0000-7000-8000-0000000000fe',
    };
    const report = ticketReport('conv_1001', [...replied, fact('AgentFeedbackReceived', 9, {}, about)]);
    expect(report.messages).toHaveLength(1);
    expect(report.feedback).toEqual([{ at: '2026-01-31T09:30:00.000Z', says: ['mw:feedback:misroute'] }]);
    expect(ticketStory(report, { name: 'UTC' })).toContain(
      'Agents said by tag:\n  2026-01-31 09:30:00 mw:feedback:misroute',
    );
  });

  it('writes ids as the helpdesk does (architecture §8)', () => {
    // <a@b.test> in base64url
    const encoded = `b64u.${Buffer.from('<a@b.test>').toString('base64url')}`;
    expect(ticketReport(encoded, []).conversationId).toBe('<a@b.test>');
  });

  it('gives facts as names and times, without their data', () => {
    const message = messageOfRoot(replied, ROOT_ID);
    const value = JSON.parse(JSON.stringify(message === null ? null : messageValue(message)));
    expect(Object.keys(value.facts[0]).toSorted()).toEqual(
      ['causationId', 'eventId', 'hops', 'name', 'occurredAt', 'producer', 'publishedAt', 'replay'].toSorted(),
    );
  });
});

describe('ticketStory', () => {
  const zone = { name: 'America/New_York' };

  it('says what came in, what was decided, written and sent', () => {
    const story = ticketStory(ticketReport('conv_1001', replied), zone);
    expect(story).toContain('Message cmt_0042 (email), received 2026-01-31 04:30:00');
    expect(story).toContain('Outcome: answered after 1.8 s');
    expect(story).toContain(
      '04:30:02.000 responder-route wrote the route to Returns Admin, tags mw-processed route-returns-admin',
    );
    expect(story).toContain('04:30:04.000 responder-reply sent t_damaged_item_intake');
  });

  it('puts the objection of a gate into plain words', () => {
    const classified = fact('MessageClassified', 1);
    const decision = Object(classified.data.decision);
    const gateReport = [
      { gate: 'G01', result: 'pass' },
      { gate: 'G24', result: 'block', reasonCode: 'language_unsupported' },
    ];
    const facts = [
      fact('MessageReceived', 0),
      { ...classified, data: { ...classified.data, decision: { ...decision, gateReport } } },
    ];
    const story = ticketStory(ticketReport('conv_1001', facts), zone);
    expect(story).toContain('Gates: 1 gate objected, the first decides; 1 passed');
    expect(story).toContain('✕ G24 language: the language is not supported (language_unsupported)');
    expect(story).toContain('Outcome: still under way');
    expect(story).toContain('Nothing was written to the ticket.');
  });
});

describe('tell', () => {
  it.each([
    ['MessageReceived', {}, 'came in by email'],
    [
      'MessageClassified',
      { tierCandidate: 1, routingConfidence: 0.9 },
      'read as damaged item at 0.90; a reply is possible: t_damaged_item_intake',
    ],
    [
      'MessageClassified',
      { tier: 0, tierCandidate: 0, routingConfidence: null },
      'read as damaged item; tier 0, for people',
    ],
    [
      'MessageClassified',
      { tier: null, tierCandidate: 0, routingConfidence: 0.5 },
      'read as damaged item at 0.50; no reply possible',
    ],
    ['ReplyDenied', {}, 'no reply: automation is switched off (automation_disabled)'],
    ['ReplyFailed', { outcome: 'unknown' }, 'whether the reply arrived is not known; never sent again'],
    ['TicketRouted', {}, 'routed to Returns Admin'],
    ['MessageSettled', {}, 'settled: replied'],
  ] as const)('%s %j reads: %s', (name, data, text) => expect(tell(fact(name, 1, data))).toBe(text));
});

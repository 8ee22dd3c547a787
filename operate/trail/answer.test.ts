/** "Why did this ticket get its reply?" in one sentence, with the gate that decided. */
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../events/catalogue.ts';
import { THRESHOLDS } from '../../policy/thresholds.ts';
import { fact, ROOT_ID } from '../testing.ts';
import { messageOfRoot, messageValue } from './report.ts';
import type { Fact } from './trail.ts';

const base = CATALOGUE.ReplyDenied.example;
const deniedBy = (gateReport: unknown, thresholds: string = THRESHOLDS.version): Record<string, unknown> => ({
  input: { ...base.input, versions: { ...base.input.versions, thresholds } },
  decision: { ...base.decision, routingConfidence: 0.42, gateReport },
});
const report = (facts: readonly Fact[]) => {
  const message = messageOfRoot(facts, ROOT_ID);
  if (message === null) throw new Error('no message');
  return message;
};
const settled = (outcome: string) => fact('MessageSettled', 9, { outcome });

describe('the answer', () => {
  it('of a reply names its template', () => {
    const facts = [fact('MessageReceived', 0), fact('ReplyApproved', 3), fact('ReplySent', 4), settled('replied')];
    expect(report(facts).answer).toMatch(/^Replied with t_damaged_item_intake because every gate agreed/);
  });

  it('of a denial names the team, the first gate that objected, what it saw and why', () => {
    const denied = deniedBy([
      { gate: 'G13', result: 'pass' },
      { gate: 'G14', result: 'block', reasonCode: 'low_confidence' },
      { gate: 'G27', result: 'block', reasonCode: 'automation_disabled' },
    ]);
    const message = report([
      fact('MessageReceived', 0),
      fact('ReplyDenied', 3, denied),
      fact('TicketRouted', 4, { assigned: true, department: 'Returns Admin' }),
      settled('routed'),
    ]);
    expect(message.answer).toBe(
      'Routed to Returns Admin; no reply because G14 (confidence in the route) saw confidence 0.42, needs 0.60: not sure enough (low_confidence).',
    );
    expect(message.gates.map(({ gate, isDeciding }) => [gate, isDeciding])).toEqual([
      ['G13', false],
      ['G14', true],
      ['G27', false],
    ]);
  });

  it('leaves today’s number out where other thresholds decided', () => {
    const [row] = report([
      fact('ReplyDenied', 3, deniedBy([{ gate: 'G14', result: 'block', reasonCode: 'low_confidence' }], '0.9.0')),
    ]).gates;
    expect(row?.saw).toBe('confidence 0.42');
  });

  it('says what a reply changed into on its way', () => {
    const gateReport = [
      {
        ...{ gate: 'G21', result: 'downgrade', reasonCode: 'tier2_missing_deterministic_match' },
        ...{ before: null, after: 't_order_status_ask_order_number' },
      },
    ];
    const sent = fact('ReplySent', 4, { templateId: 't_order_status_ask_order_number', ...deniedBy(gateReport) });
    expect(report([fact('MessageReceived', 0), sent, settled('replied')]).answer).toContain(
      '; G21 (exactly one order) saw ',
    );
  });

  it.each([
    [
      'withheld',
      [fact('ReplySuppressed', 4), settled('suppressed')],
      'Left alone: the approved reply was withheld at the door: a newer message of the customer is decided instead (superseded_by_newer_message).',
    ],
    [
      'nothing of its own',
      [fact('MessageDeduplicated', 4), settled('suppressed')],
      'Left alone: a newer message of the customer is decided instead.',
    ],
    [
      'not known whether it arrived',
      [fact('ReplyFailed', 4, { outcome: 'unknown' }), settled('failed')],
      'Failed, so a person has to look: whether the reply arrived is not known, and it is never sent again.',
    ],
    ['under way', [fact('MessageClassified', 1)], 'Still under way; the last fact is MessageClassified.'],
  ])('of one that is %s', (_, facts, answer) => {
    expect(report([fact('MessageReceived', 0), ...facts]).answer).toBe(answer);
  });
});

describe('the reply', () => {
  it('is the furthest that it came, with the version that was approved', () => {
    const facts = [fact('MessageReceived', 0), fact('ReplyApproved', 3), fact('ReplySuppressed', 4)];
    expect(report(facts).reply).toMatchObject({
      ...{ state: 'withheld', templateId: 't_damaged_item_intake', templateVersion: '1.0.0', commentId: null },
    });
    expect(report([...facts, fact('ReplySent', 5)]).reply).toMatchObject({ state: 'sent', commentId: 'cmt_0043' });
  });

  it('is none where none was asked for', () => {
    const classified = fact('MessageClassified', 1, { templateCandidate: null });
    expect(report([fact('MessageReceived', 0), classified]).reply).toBeNull();
  });
});

describe('the steps', () => {
  it('say who led to whom and how long it took', () => {
    const first = fact('MessageReceived', 0);
    const second = fact('MessageClassified', 2);
    const third = fact('ReplyDenied', 5, {}, { causationId: second.metadata.eventId });
    const { facts } = messageValue(report([first, second, third]));
    expect(facts.map(({ name, causedBy, sinceCauseMs, offsetMs }) => [name, causedBy, sinceCauseMs, offsetMs])).toEqual(
      [
        ['MessageReceived', null, null, 0],
        ['MessageClassified', 'MessageReceived', 2000, 2000],
        ['ReplyDenied', 'MessageClassified', 3000, 5000],
      ],
    );
  });
});

describe('a gate report of another release', () => {
  it('shows its gates, and leaves empty what this release cannot read of its input', () => {
    const odd = {
      ...deniedBy([{ gate: 'G02', result: 'block', reasonCode: 'ticket_closed' }]),
      input: { schema: '9.0' },
    };
    expect(report([fact('ReplyDenied', 3, odd)]).gates).toMatchObject([{ gate: 'G02', saw: '', isDeciding: true }]);
  });
});

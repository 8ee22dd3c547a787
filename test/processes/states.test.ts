import { describe, expect, it } from 'vitest';
import type { Item } from '../../functions/shared/store/language.ts';
import { type State, tally, unsettled } from './states.ts';

const KEY = 'evt:rp:conv_1:customer_message:1';
const CLAIM = 'csm:classify:classify:root_1';
const ACTION = 'act:rp_reply:conv_1:cmt_1';
const RECEIVED = { event_id: 'root_1', conversation_id: 'conv_1', status: 'RECEIVED', open: 'evt' };
const CLASSIFIED = {
  ...RECEIVED,
  status: 'CLASSIFIED',
  message_id: 'cmt_1',
  branch_route: 'open',
  branch_reply: 'open',
};

function verdict(eventName: string): Record<string, Item> {
  const facts = [{ metadata: { eventName, rootEventId: 'root_1' } }];
  return { 'csm:verify:verify:fact_1': { status: 'DECIDED', decided: JSON.stringify({ facts, notes: {} }) } };
}

function stateOf(record: Item, others: Record<string, Item> = {}, published: readonly string[] = ['root_1']) {
  const ledger = new Map(Object.entries({ [KEY]: record, ...others }));
  return unsettled({ ledger, published: new Set(published) }, []).get(KEY);
}

describe('the state of a message', () => {
  it.each<{ state: State; record: Item; others?: Record<string, Item>; published?: string[] }>([
    { state: 'recorded', record: RECEIVED, published: [] },
    { state: 'published', record: RECEIVED },
    { state: 'classifying', record: RECEIVED, others: { [CLAIM]: { status: 'IN_PROGRESS', lease_until: 1_760_000 } } },
    { state: 'parked', record: RECEIVED, others: { [CLAIM]: { status: 'IN_PROGRESS', lease_until: 0 } } },
    { state: 'decided', record: RECEIVED, others: { [CLAIM]: { status: 'DECIDED' } } },
    { state: 'verifying', record: CLASSIFIED },
    { state: 'approved', record: CLASSIFIED, others: verdict('ReplyApproved') },
    { state: 'denied', record: CLASSIFIED, others: verdict('ReplyDenied') },
    { state: 'claimed', record: CLASSIFIED, others: { ...verdict('ReplyApproved'), [ACTION]: { status: 'CLAIMED' } } },
    { state: 'replied', record: CLASSIFIED, others: { ...verdict('ReplyApproved'), [ACTION]: { status: 'DONE' } } },
    { state: 'routing', record: { ...CLASSIFIED, branch_reply: 'closed' } },
    { state: 'untold', record: { ...CLASSIFIED, status: 'SETTLED' } },
  ])('$state', ({ state, record, others, published }) => {
    expect(stateOf(record, others, published)).toBe(state);
  });

  it('is none once the message is settled and told, and none for the pointer of a claimed comment', () => {
    const { open: _, ...told } = RECEIVED;
    expect(stateOf({ ...told, status: 'SETTLED' })).toBeUndefined();
    expect(stateOf({ root_event_id: 'root_1' })).toBeUndefined();
  });
});

describe('a message whose webhook was merged', () => {
  const accepted = { conversationId: 'conv_1', messageId: '<cmt_2@mail.test>' };
  const comment = `evt:rp:conv_1:b64u.${Buffer.from(accepted.messageId).toString('base64url')}`;
  const states = (...records: [string, Item][]) =>
    unsettled({ ledger: new Map(records), published: new Set(['root_1']) }, [accepted]);

  it('is part of the record that is still to be read', () => {
    expect([...states([KEY, RECEIVED])]).toEqual([[KEY, 'published']]);
  });

  it('waits for the look once that record was read without it', () => {
    expect(states([KEY, CLASSIFIED]).get(comment)).toBe('parked');
    expect(states([KEY, CLASSIFIED], [comment, { root_event_id: 'root_1' }]).get(comment)).toBeUndefined();
  });
});

describe('tally', () => {
  it('counts in the order of the way', () => {
    expect([...tally(['untold', 'published', 'untold'])]).toEqual([
      ['published', 1],
      ['untold', 2],
    ]);
  });
});

/** Reading a ticket leniently, and never taking for the customer's what was not told to be (reference §2–2.3, §3.1). */
import { describe, expect, it } from 'vitest';
import { VendorError } from '../errors.ts';
import { plain } from '../restricted.testing.ts';
import { authorOf, rawTags, ticketFrom, unwrapTicket } from './richpanel.ts';
import { commentShape, ticketShape } from './shapes.ts';

type Raw = Readonly<Record<string, unknown>>;

const BOT = 'usr_bot_01';
const people = { botId: BOT, customer: { id: 'cus_01', email: 'Nora@customer.test' } };

describe('authorOf', () => {
  it.each<[string, Raw, string]>([
    ['is_operator true', { is_operator: true, author_id: 'usr_07' }, 'agent'],
    ['is_operator false', { is_operator: false }, 'customer'],
    ['as a number', { is_operator: 1 }, 'agent'],
    ['as text', { is_operator: 'False' }, 'customer'],
    ['isOperator', { isOperator: 'true' }, 'agent'],
    ['within via', { via: { isOperator: 0 } }, 'customer'],
    ['is_operator within via', { via: { is_operator: true } }, 'agent'],
    ['the comment before its via', { isOperator: true, via: { isOperator: false } }, 'agent'],
    ['the flag before the sender type', { is_operator: false, sender_type: 'operator' }, 'customer'],
    ['the flag before the author id', { is_operator: true, author_id: 'cus_01' }, 'agent'],
    ['sender type customer', { sender_type: 'customer' }, 'customer'],
    ['sender type operator', { sender_type: 'operator', author_id: 'cus_01' }, 'agent'],
    ['our seat', { is_operator: true, author_id: BOT }, 'bot'],
    ['our seat without a flag', { author_id: BOT }, 'bot'],
    ['our seat, said to be a customer', { is_operator: false, author_id: BOT }, 'bot'],
    ['the literal operator', { author_id: 'operator' }, 'agent'],
    ['an id that holds operator', { author_id: 'the-Operator-7' }, 'agent'],
    ["the customer's id", { author_id: 'cus_01' }, 'customer'],
    ["the customer's address", { author_id: 'nora@customer.test' }, 'customer'],
    ['another id', { author_id: 'usr_07' }, 'unknown'],
    ['nothing', {}, 'unknown'],
    ['a flag that says nothing', { is_operator: 'maybe', author_id: null }, 'unknown'],
  ])('%s', (_when, comment, author) => {
    expect(authorOf(commentShape(comment), people)).toBe(author);
  });

  it('recognises nothing as ours without a seat', () => {
    expect(authorOf(commentShape({ is_operator: true, author_id: BOT }), { ...people, botId: null })).toBe('agent');
  });
});

const raw = (overrides: Raw = {}): Raw => ({
  id: 't-1',
  status: 'OPEN',
  created_at: '2026-01-12T09:00:00.000Z',
  customer_profile: { id: 'cus_01', email: 'nora@customer.test', name: 'Nora Field' },
  via: { channel: 'email' },
  app_client_id: 'acme-store-1',
  subject: 'Where',
  comments: [],
  ...overrides,
});
const map = (overrides: Raw = {}, tagNames: readonly string[] = []) =>
  ticketFrom({ ticket: ticketShape(raw(overrides)), conversationId: 'asked', botId: BOT, tagNames });
const comment = (overrides: Raw) =>
  map({ comments: [{ id: 'c', created_at: '2026-01-12T09:00:01.000Z', ...overrides }] }).comments[0];

describe('ticketFrom', () => {
  it.each([
    [{ status: 'CLOSED' }, 'closed'],
    [{ status: 'resolved' }, 'closed'],
    [{ status: undefined, state: 'Solved' }, 'closed'],
    [{ status: 'OPEN', state: 'closed' }, 'open'],
    [{ status: 'SNOOZED' }, 'open'],
    [{ status: null }, 'open'],
  ])('status of %j is %s', (fields, status) => {
    expect(map(fields).status).toBe(status);
  });

  it.each([
    [{ via: { channel: 'Messenger' } }, 'livechat'],
    [
      {
        via: {},
        comments: [
          { id: 'a', created_at: 1_768_208_400_000 },
          { id: 'b', created_at: 1_768_208_400_000, via: { channel: 'email' } },
        ],
      },
      'email',
    ],
    [
      {
        via: { channel: 'carrier-pigeon' },
        comments: [{ id: 'a', created_at: 1_768_208_400_000, via: { channel: 'email' } }],
      },
      'unknown',
    ],
    [{ via: null }, 'unknown'],
  ])('channel of %j is %s', (fields, channel) => {
    expect(map(fields).channel).toBe(channel);
  });

  it.each([
    [{}, { id: 'cus_01', email: 'nora@customer.test', firstName: 'Nora' }],
    [
      { customer_profile: {}, via: { source: { from: { address: 'a@customer.test' } } } },
      { id: null, email: 'a@customer.test', firstName: null },
    ],
    [
      { customer_profile: null, via: { source: { from: 'b@customer.test' } } },
      { id: null, email: 'b@customer.test', firstName: null },
    ],
    [{ customer_profile: { firstName: 'Ada', name: 'Nora Field' } }, { id: null, email: null, firstName: 'Ada' }],
  ])('customer of %j', (fields, customer) => {
    expect(plain(map(fields).customer)).toEqual(customer);
  });

  it('prefers plain text, falls back to HTML, and to nothing', () => {
    expect(plain(comment({ plain_body: 'hi', body: '<p>hi</p>' }))).toMatchObject({ text: 'hi', isHtml: false });
    expect(plain(comment({ plain_body: ' ', body: '<p>hi</p>' }))).toMatchObject({ text: '<p>hi</p>', isHtml: true });
    expect(plain(comment({ html_body: '<b>hi</b>' }))).toMatchObject({ text: '<b>hi</b>', isHtml: true });
    expect(plain(comment({ attachments: ['https://files.test/a'] }))).toMatchObject({ text: '', attachments: 1 });
  });

  it.each<[unknown, number]>([
    ['2026-01-12T09:00:01.000Z', 1_768_208_401_000],
    [1_768_208_401_000, 1_768_208_401_000],
    ['1768208401000', 1_768_208_401_000],
    ['2026-01-12T09:00:01', 1_768_208_401_000],
    ['2026-01-12 09:00:01.5', 1_768_208_401_500],
    ['2026-01-12T10:00:01+01:00', 1_768_208_401_000],
    ['2026-01-12T10:00:01+0100', 1_768_208_401_000],
    ['2026-01-12', 1_768_176_000_000],
    // Without a readable time of its own a comment is as old as its ticket.
    ...['yesterday', '12', '', -1, 1e300, Number.NaN, {}, [], true].map((value): [unknown, number] => [
      value,
      1_768_208_400_000,
    ]),
  ])('reads the time %j', (created_at, at) => {
    expect(comment({ created_at })?.createdAt).toBe(at);
  });

  it('cannot be read without any time: order comes from it', () => {
    expect(() => map({ created_at: null, comments: [{ id: 'a' }] })).toThrow(VendorError);
  });

  it.each([
    [undefined, true],
    [true, true],
    [false, false],
    ['false', false],
  ])('public %j is %s', (value, isPublic) => {
    expect(comment({ public: value })?.isPublic).toBe(isPublic);
  });

  it('carries ids in the codec', () => {
    expect(comment({ id: '<a@mail.test>' })?.id).toBe(`b64u.${Buffer.from('<a@mail.test>').toString('base64url')}`);
    expect(comment({ id: 17 })?.id).toBe('17');
    expect(comment({ id: 'x'.repeat(600) })?.id).toBe('untold:1768208401000');
    expect(map({ id: null }).id).toBe('asked');
  });
});

it('unwraps a ticket, takes a bare one, and nothing else', () => {
  expect(unwrapTicket({ ticket: { id: 'a' } })?.id).toBe('a');
  expect(unwrapTicket({ id: 'a', ticket: null })?.id).toBe('a');
  for (const answer of [null, [], 'x', {}, { ticket: [] }, { ticket: {} }]) expect(unwrapTicket(answer)).toBeNull();
});

it('takes tags that are no list for none', () => {
  expect(rawTags(ticketShape({ tags: null }))).toEqual([]);
  expect(rawTags(ticketShape({ tags: ['a', 7, ''] }))).toEqual(['a']);
});

/** Expectations: architecture §8 (no field type can hold free text), platform §4.1 (L3 never in events), issue 1 of 8 §2 (privacy gate). */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defineEvent } from './define-event.ts';
import { Metadata } from './envelope.ts';
import { Code, Count, Digest, Flag, Instant, VendorId } from './fields.ts';
import { patternObjection } from './pattern-safety.ts';
import { privacyObjections } from './privacy.ts';
import type { AnySchema } from './schema.ts';

const declare = (data: Record<string, AnySchema>) => () =>
  defineEvent({
    name: 'PlantDried',
    version: '1.0',
    producers: ['classify'],
    pii: 'L2',
    says: 'A plant was forgotten.',
    data,
    example: {} as never,
  });

const text = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern));

describe('free text cannot be declared', () => {
  it.each([
    { what: 'a bare string', field: v.string() },
    { what: 'a string with a length alone', field: v.pipe(v.string(), v.maxLength(20)) },
    { what: 'a pattern that takes a space', field: text(/^[a-z ]{1,40}$/) },
    { what: 'a long sentence only', field: text(/^[a-z ]{20,300}$/) },
    { what: 'capitals only', field: text(/^[A-Z ]{1,40}$/) },
    { what: 'any character', field: text(/^.{1,40}$/) },
    { what: 'anything but a mark', field: text(/^[^<]{1,40}$/) },
    { what: 'white space by its escape', field: text(/^\w{1,9}\s\w{1,9}$/) },
    { what: 'a word followed by a literal space', field: text(/^[a-z]{1,9} [a-z]{1,9}$/) },
    { what: 'all printable characters', field: text(/^[!-~]{1,40}$/) },
    { what: 'letters of other scripts', field: text(/^\p{L}{1,40}$/u) },
    { what: 'a name with umlauts', field: text(/^[A-Za-zÄÖÜäöü]{1,40}$/) },
    { what: 'an unanchored pattern', field: text(/[a-z]{1,9}/) },
    { what: 'alternatives that undo the anchors', field: text(/^[0-9]{1,5}|x$/) },
    { what: 'anchors that hold for one line of many', field: text(/^[a-z]{1,9}$/m) },
    { what: 'no upper limit', field: text(/^[a-z]{1,}$/) },
    { what: 'a starred class', field: text(/^[a-z]*$/) },
    { what: 'a limit beyond 2,000 characters', field: text(/^[a-z]{1,2001}$/) },
    { what: 'a repeated group', field: text(/^([a-z]{1,100}-){1,100}$/) },
    { what: 'unknown', field: v.unknown() },
    { what: 'any', field: v.any() },
    { what: 'an open object', field: v.object({ a: Flag }) },
    { what: 'a loose object', field: v.looseObject({ a: Flag }) },
    { what: 'a custom check', field: v.custom<string>(() => true) },
    { what: 'a list without end', field: v.array(Code) },
    { what: 'a number without end', field: v.number() },
  ])('$what', ({ field }) => {
    const schema = field as AnySchema;
    expect(declare({ value: schema })).toThrow(/PlantDried cannot be declared: "value"/);
    const nested = {
      'in an object': v.strictObject({ inner: v.strictObject({ value: schema }) }),
      'in a list': v.pipe(v.array(schema), v.maxLength(3)),
      'in a list of objects': v.pipe(v.array(v.strictObject({ value: schema })), v.maxLength(3)),
      'behind null': v.nullable(schema),
      'behind absence': v.optional(schema),
      'in a record': v.record(v.picklist(['a']), schema),
      'in a choice': v.union([Flag, schema]),
    };
    for (const [where, around] of Object.entries(nested))
      expect(declare({ fine: Flag, value: around as AnySchema }), where).toThrow(/cannot be declared/);
  });

  it('nor as the keys of a record', () => {
    expect(declare({ counts: v.record(v.string(), Count) })).toThrow(/"counts\{\}" is a string without a pattern/);
    expect(declare({ counts: v.record(text(/^[a-z ]{1,9}$/), Count) })).toThrow(/"counts\{\}"/);
  });
});

describe('personal data cannot be declared', () => {
  it.each([
    'text',
    'messageText',
    'body',
    'subject',
    'comment',
    'comments',
    'note',
    'agentNotes',
    'email',
    'customerEmail',
    'emailAddresses',
    'phone',
    'phone_number',
    'address',
    'shippingAddress',
    'firstName',
    'customerFirstName',
    'lastName',
    'fullName',
    'trackingNumber',
    'trackingUrl',
    'orderNumber',
    'street',
    'zip',
    'city',
    'cardLast4',
    'iban',
    'ip',
    'password',
    'token',
    'accessToken',
    'secret',
  ])('a string named %s', (name) => {
    expect(declare({ [name]: Code })).toThrow(/is named like customer data/);
    expect(declare({ around: v.strictObject({ [name]: v.nullable(Code) }) })).toThrow(/is named like customer data/);
  });

  it.each([
    { what: 'e-mail addresses', pattern: /^[a-z.]{1,40}@[a-z.]{1,40}$/ },
    { what: 'phone numbers', pattern: /^\+?[0-9]{7,15}$/ },
    { what: 'order names as customers write them', pattern: /^#[0-9]{3,8}$/ },
    { what: 'markup', pattern: /^<[a-z]{1,3}>$/ },
  ])('a pattern that takes $what', ({ pattern }) => {
    expect(declare({ value: text(pattern) })).toThrow(/contact data passes/);
  });

  it('a number wide enough for a phone number, or named like one of the customer’s', () => {
    const wide = v.pipe(v.number(), v.maxValue(10_000_000_000));
    expect(declare({ phoneNumber: wide })).toThrow(/"phone"/);
    expect(declare({ card: Count })).toThrow(/"card"/);
    expect(declare({ orderNumber: Count })).toThrow(/"orderNumber"/);
  });
});

describe('what may be declared', () => {
  it('ids, counts, codes, digests, instants and closed lists', () => {
    const data = {
      messageId: VendorId,
      emailHash: Digest,
      comments: Count,
      phoneCount: Count,
      commentCreatedAt: Instant,
      hasEmail: Flag,
      errorCode: Code,
      colour: v.picklist(['a literal with spaces, since we wrote it']),
      waitedMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000_000)),
      nested: v.strictObject({ rows: v.pipe(v.array(v.strictObject({ ruleId: Code })), v.maxLength(2)) }),
    };
    expect(declare(data)).not.toThrow();
  });

  it('the envelope itself', () => {
    expect(privacyObjections(Metadata)).toEqual([]);
  });

  it('a pattern that a second one narrows', () => {
    const narrowed = v.pipe(v.string(), v.regex(/^[a-z ]{1,9}$/), v.regex(/^[a-z]{1,9}$/));
    expect(declare({ value: narrowed })).not.toThrow();
  });
});

describe('patternObjection', () => {
  it.each([
    /^[a-z]{1,9}$/,
    /^(mw|route)[:-][a-z0-9_:-]{1,120}$/,
    /^[A-Za-z0-9_\-:.]{1,512}$/,
    /^\d{4}-\d{2}$/,
    /^a?$/i,
  ])('takes %s', (pattern) => {
    expect(patternObjection(pattern)).toBeUndefined();
  });

  it.each([
    /^[A-z]{1,9}$/,
    /^[ -~]$/,
    /^\D$/,
    /^[\s\S]{1,9}$/,
    /^\x20$/,
    /^a$|^b$/,
    /^a+$/,
    /^a$/g,
    /a$/,
    /^a/,
    /^[a-z]{1,1999}[0-9]{2}$/,
  ])('refuses %s', (pattern) => {
    expect(patternObjection(pattern)).toMatch(/^has /);
  });
});

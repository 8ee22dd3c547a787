/** Expectations: platform §4.4, and that no address of a customer passes for a code. */
import { describe, expect, it } from 'vitest';
import { permitted } from './fields.ts';

describe('a value in a log line', () => {
  it.each([
    ['a code', 'richpanel_rate_limited'],
    ['a key', 'csm:verify:0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e6f'],
    ['an encoded id', 'b64u.PGFiY0BtYWlsLnRlc3Q-'],
    ['a version', 'routing_prompt@1.0.0'],
    ['a team', 'Chargebacks / Disputes Team'],
  ])('may be %s', (_what, value) => {
    expect(permitted({ error_code: value })).toEqual({ kept: { error_code: value }, dropped: 0 });
  });

  it.each([
    ['an address', 'nora@mail.test'],
    ['an address within a text', 'no customer nora@mail.test'],
    ['an address behind a version', 'keyword@1.0.0 nora@mail.test'],
    ['a Message-ID', '<1234@mail.test>'],
    ['an address of digits', '1234@12.mail.test'],
    ['more than one line', 'a\nb'],
    ['a sentence with marks', 'Where is it?'],
  ])('is never %s', (_what, value) => {
    expect(permitted({ error_code: value })).toEqual({ kept: {}, dropped: 1 });
  });
});

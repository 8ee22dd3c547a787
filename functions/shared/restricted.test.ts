import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { plain } from './restricted.testing.ts';
import { restrict, restrictIfAny, reveal } from './restricted.ts';
import { permitted } from './telemetry/fields.ts';

const SECRET = 'nora@mail.test';

describe('a restricted value', () => {
  const restricted = restrict(SECRET);
  const ticket = { id: 't-1', customer: { email: restricted }, comments: [{ text: restricted }] };

  it.each<[string, () => string]>([
    ['as text', () => String(restricted)],
    ['in a template', () => `${restricted}`],
    ['as JSON, however deep', () => JSON.stringify(ticket)],
    ['inspected', () => inspect(ticket, { depth: null, showHidden: true })],
    ['formatted', () => format('%s %o %j', restricted, ticket, ticket)],
    ['in an error', () => String(new Error(`no such customer: ${restricted}`).stack)],
    ['by its keys', () => Object.entries(restricted).join()],
    ['copied', () => JSON.stringify(structuredClone({ ...restricted }))],
  ])('says nothing of itself %s', (_how, write) => {
    expect(write()).not.toContain(SECRET);
  });

  it('is dropped by the log, whatever the compiler was told', () => {
    expect(permitted({ error_code: restricted as unknown as string })).toEqual({ kept: {}, dropped: 1 });
  });

  it('is looked into by its own door alone', () => {
    expect(reveal(restricted)).toBe(SECRET);
    expect(plain(ticket)).toEqual({ id: 't-1', customer: { email: SECRET }, comments: [{ text: SECRET }] });
  });

  it('is absent where there is nothing', () => {
    expect(restrictIfAny(null)).toBeNull();
  });
});

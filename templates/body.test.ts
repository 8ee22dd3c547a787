import { describe, expect, it } from 'vitest';
import { bodyHash, expand, normaliseBody, parseBody, tidy } from './body.ts';

function expanded(body: string, values: Record<string, string>): string | undefined {
  const parsed = parseBody(body);
  if (!parsed.ok) throw new Error('the body of the case does not parse');
  return expand(parsed.nodes, new Map(Object.entries(values)))?.text;
}

describe('the body hash (replies §1.7)', () => {
  // `printf 'Hello.\n' | sha256sum`
  const HELLO = 'a2c064616af4c66c576821616646bdfad5556a263b4b007847605118971f4389';

  it('is SHA-256 of the body with one newline at its end', () => {
    expect(bodyHash('Hello.\n')).toHaveLength(64);
    for (const same of ['Hello.', 'Hello.\n\n\n', 'Hello.\r\n']) expect(bodyHash(same)).toBe(bodyHash('Hello.\n'));
    expect(bodyHash('Hello!')).not.toBe(bodyHash('Hello.'));
    expect(bodyHash('Hello.')).toBe(HELLO);
  });

  it('does not depend on how an accent is composed', () => {
    expect(normaliseBody('Cafe\u0301')).toBe('Caf\u00e9\n');
  });
});

describe('parseBody (replies §1.1)', () => {
  it.each([
    { body: 'a\n{{{name}}}', fault: 'syntax', line: 2 },
    { body: '{{^name}}x{{/name}}', fault: 'syntax', line: 1 },
    { body: '{{> partial}}', fault: 'syntax', line: 1 },
    { body: 'x }} y', fault: 'syntax', line: 1 },
    { body: '{{#a}}\n{{#b}}x{{/b}}{{/a}}', fault: 'nested', line: 2 },
    { body: 'x\n\n{{#a}}y', fault: 'unclosed', line: 3 },
    { body: 'y{{/a}}', fault: 'unopened', line: 1 },
    { body: '{{#a}}y{{/b}}', fault: 'unopened', line: 1 },
  ])('$body is faulty: $fault on line $line', ({ body, fault, line }) => {
    const parsed = parseBody(body);
    expect(parsed.ok ? [] : parsed.faults).toContainEqual({ line, fault });
  });
});

describe('expand (replies §1.6 step 5)', () => {
  it.each([
    { when: 'a block with its value', body: 'Hi{{#n}} {{n}}{{/n}},', values: { n: 'Robin' }, text: 'Hi Robin,' },
    { when: 'a block without', body: 'Hi{{#n}} {{n}}{{/n}},', values: {}, text: 'Hi,' },
    { when: 'a line of an absent block', body: 'a\n{{#n}}- {{n}}{{/n}}\nb', values: {}, text: 'a\nb' },
    { when: 'a line of two absent blocks', body: 'a\n{{#n}}{{n}}{{/n}}{{#m}}{{m}}{{/m}}\nb', values: {}, text: 'a\nb' },
    {
      when: 'a block over several lines',
      body: 'a\n{{#n}}\n- {{n}}\n{{/n}}\nb',
      values: { n: 'x' },
      text: 'a\n- x\nb',
    },
    { when: 'the same, absent', body: 'a\n{{#n}}\n- {{n}}\n{{/n}}\nb', values: {}, text: 'a\nb' },
    { when: 'a blank line of the author', body: 'a\n\nb', values: {}, text: 'a\n\nb' },
    { when: 'a value with a tag in it, left as it is', body: '{{n}}', values: { n: '{{m}}', m: 'no' }, text: '{{m}}' },
    { when: 'a value with a replacement pattern', body: '{{n}}', values: { n: "$& $1 $'" }, text: "$& $1 $'" },
  ])('$when', ({ body, values, text }) => {
    expect(expanded(body, values)).toBe(text);
  });

  it('gives nothing when a value that is called for is missing', () => {
    expect(expanded('Order {{n}}', {})).toBeUndefined();
    expect(expanded('{{#n}}{{m}}{{/n}}', { n: 'x' })).toBeUndefined();
  });
});

describe('tidy (replies §1.6 step 6)', () => {
  it('keeps two blank lines, trims line ends and writes LF', () => {
    expect(tidy('a  \r\n\n\n\n\n\nb\t\nc\n\n')).toBe('a\n\n\nb\nc');
  });
});

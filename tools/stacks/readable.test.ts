/** Expectations: interfaces §7 and reference/sst-offline. */
import { describe, expect, it } from 'vitest';
import { readable } from './readable.ts';

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';

describe('what Pulumi sends, made readable', () => {
  it('takes off the suffix that was drawn, wherever it stands, and no word of eight letters', () => {
    const arn = 'arn:aws:iam::000000000000:role/frontdesk-dev-Role-sssssssn';
    expect(readable({ role: arn, name: 'frontdesk-dev-classify' }, 'sssssssn')).toEqual({
      role: 'arn:aws:iam::000000000000:role/frontdesk-dev-Role',
      name: 'frontdesk-dev-classify',
    });
  });

  it('shows patterns and policies as objects, also inside a list and inside a wrapped value', () => {
    const policy = { Version: '2012-10-17', Statement: [] };
    const wrapped = { [SIGNATURE]: SECRET, value: JSON.stringify(policy) };
    expect(
      readable({ inlinePolicies: [{ name: 'inline', policy: wrapped }], eventPattern: '{"source":["a"]}' }, 'x'),
    ).toEqual({ inlinePolicies: [{ name: 'inline', policy }], eventPattern: { source: ['a'] } });
  });

  it('leaves other JSON text as the text that is sent', () => {
    expect(readable({ input: '{}', value: '[]' }, 'x')).toEqual({ input: '{}', value: '[]' });
  });

  it('does not tell where on this machine a file lies', () => {
    expect(readable({ source: { __pulumiArchive: true, path: '/tmp/code.zip' } }, 'x')).toEqual({ source: '(file)' });
  });

  it('refuses a kind of value that it does not know', () => {
    expect(() => readable({ source: { [SIGNATURE]: 'other' } }, 'x')).toThrow('source');
  });
});

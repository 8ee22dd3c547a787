import { describe, expect, it } from 'vitest';
import { fact } from '../testing.ts';
import { pathOf } from './path.ts';

const classified = (data: Readonly<Record<string, unknown>> = { tier: null, reasonCodes: ['low_confidence'] }) =>
  fact('MessageClassified', 1, data);
const settled = fact('MessageSettled', 9);

describe('the path of a message', () => {
  it.each([
    ['tier-0', [classified({ tier: 0, reasonCodes: ['tier0_always_handoff'] }), settled]],
    ['route-only', [classified(), fact('TicketRouted', 2), settled]],
    ['unanswerable', [classified({ tier: null, reasonCodes: ['attachment_only'] }), settled]],
    ['unanswerable', [fact('ClassificationFailed', 1), settled]],
    ['denied', [classified(), fact('OrderNotMatched', 2), fact('ReplyDenied', 3), settled]],
    [
      'tier-1-reply',
      [classified(), fact('OrderNotMatched', 2), fact('ReplyApproved', 3), fact('ReplySent', 4), settled],
    ],
    ['tier-2-reply', [classified(), fact('OrderMatched', 2), fact('ReplyApproved', 3), settled]],
    [
      'tier-2-resolve',
      [classified(), fact('OrderMatched', 2), fact('ReplyApproved', 3), fact('TicketResolved', 5), settled],
    ],
  ] as const)('is %s', (path, facts) => {
    expect(pathOf(facts)).toBe(path);
  });

  it('is none while the message is under way, and for one that asked for nothing of its own', () => {
    expect(pathOf([classified(), fact('ReplyApproved', 3)])).toBeNull();
    expect(pathOf([fact('MessageDeduplicated', 1), settled])).toBeNull();
  });
});

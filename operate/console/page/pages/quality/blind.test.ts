import { expect, it } from 'vitest';
import { isShownTo } from './blind.ts';

it('a label is not shown to the next who labels, unless people disagree', () => {
  const once = { state: 'once', intent: 'refund_request', by: ['ada'] } as const;
  expect(isShownTo('ada', once)).toBe(true);
  expect(isShownTo('bo', once)).toBe(false);
  expect(isShownTo('', once)).toBe(false);
  expect(isShownTo('cy', { ...once, state: 'disputed', by: ['ada', 'bo'] })).toBe(true);
  expect(isShownTo('cy', { ...once, state: 'agreed', by: ['ada', 'bo'] })).toBe(false);
});

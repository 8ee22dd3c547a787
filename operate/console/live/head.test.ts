import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHead } from './head.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('tells what changed to pages that are open, once', () => {
  let mode = 'auto';
  const send = vi.fn();
  const head = createHead(() => ({ mode }), { send });
  head.now();
  vi.advanceTimersByTime(10_000);
  expect(send).not.toHaveBeenCalled();
  mode = 'safe mode';
  vi.advanceTimersByTime(10_000);
  expect(send.mock.calls).toEqual([['about', { mode: 'safe mode' }]]);
  head.close();
  mode = 'auto';
  vi.advanceTimersByTime(10_000);
  expect(send).toHaveBeenCalledTimes(1);
});

it('a page that opens between two looks does not keep the change from the others', () => {
  let mode = 'auto';
  const send = vi.fn();
  const head = createHead(() => ({ mode }), { send });
  head.now();
  mode = 'safe mode';
  expect(head.now()).toEqual({ mode: 'safe mode' });
  expect(send).toHaveBeenCalledTimes(1);
  head.close();
});

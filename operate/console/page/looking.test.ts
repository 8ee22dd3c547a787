import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepLooking } from './looking.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A page in a tab that comes to the front and goes back. */
function tab(hidden: boolean) {
  const page = Object.assign(new EventTarget(), { hidden });
  const turn = (isHidden: boolean): void => {
    page.hidden = isHidden;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  return { page: page as unknown as Document, turn };
}

it('looks at once in a tab that nobody sees, and no more until somebody comes', () => {
  const { page, turn } = tab(true);
  const look = vi.fn();
  const end = keepLooking(look, 1_000, page);
  vi.advanceTimersByTime(5_000);
  expect(look).toHaveBeenCalledTimes(1);
  turn(false);
  expect(look).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(2_000);
  expect(look).toHaveBeenCalledTimes(4);
  turn(true);
  vi.advanceTimersByTime(5_000);
  expect(look).toHaveBeenCalledTimes(4);
  end();
  turn(false);
  vi.advanceTimersByTime(5_000);
  expect(look).toHaveBeenCalledTimes(4);
});

it('looks once where no time is named', () => {
  const { page, turn } = tab(false);
  const look = vi.fn();
  keepLooking(look, undefined, page);
  turn(true);
  turn(false);
  vi.advanceTimersByTime(60_000);
  expect(look).toHaveBeenCalledTimes(1);
});

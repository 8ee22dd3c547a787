import { describe, expect, it } from 'vitest';
import { fact } from '../testing.ts';
import { newCounting } from './recorded.ts';

const SPEND = { calls: 1, tokensIn: 1_000, tokensCached: 400, tokensOut: 100, nanoUsd: 360_000 };
const ALWAYS = { from: null, to: null };
const settledAt = Date.parse('2026-01-31T09:30:09.000Z');
const message = [fact('MessageClassified', 1, { tier: 0, spend: SPEND }), fact('MessageSettled', 9)];

describe('recorded messages', () => {
  it('are counted by path, with what their models were paid', () => {
    const counting = newCounting(ALWAYS);
    counting.add(message);
    const { mix, others, model, first, last } = counting.result();
    expect([mix['tier-0'], others, first, last]).toEqual([1, 0, settledAt, settledAt]);
    expect(model).toEqual(SPEND);
  });

  it('count once when a replay has brought them back, and not while they are under way', () => {
    const counting = newCounting(ALWAYS);
    counting.add([...message, ...message]);
    counting.add(message.slice(0, 1));
    expect(counting.result().mix['tier-0']).toBe(1);
    expect(counting.result().model.calls).toBe(1);
  });

  it.each([
    [{ from: settledAt, to: null }, 1],
    [{ from: settledAt + 1, to: null }, 0],
    [{ from: null, to: settledAt }, 0],
    [{ from: null, to: settledAt + 1 }, 1],
  ])('lie in the time %j: %i', (window, count) => {
    const counting = newCounting(window);
    counting.add(message);
    expect(counting.result().mix['tier-0']).toBe(count);
  });
});

/** Protocols §9: whatever is lost beside live traffic, nobody is answered twice and nothing that was accepted is lost. */
import { describe, expect, it } from 'vitest';
import { check } from '../checker/check.ts';
import { ofKind } from '../checker/reading.ts';
import { simulate } from '../run.ts';

describe('tables that are lost and rebuilt in mid-flight', () => {
  it('leave no violation behind; the generation counts them, and customers are answered before and after', async () => {
    const run = await simulate({
      seed: 'losses',
      conversations: 50,
      gapMs: 200_000,
      faults: ['table-loss', 'duplicate', 'customer-acts', 'crash-after'],
    });
    const { facts } = run.account;
    const losses = ofKind(facts, 'loss');
    expect(check(run.account)).toMatchObject({ violations: [], unsettled: 0 });
    expect(run.isQuiet).toBe(true);
    expect(losses.length).toBeGreaterThan(2);
    expect(run.faults.get('table-loss')).toBe(losses.length);
    expect(run.world.parameters.get('ledger_generation')).toBe(String(losses.length + 1));
    expect(run.world.parameters.get('ledger_whole')).toBe(String(losses.length + 1));
    const sends = ofKind(facts, 'sent').map(({ at }) => at);
    expect(sends.some((at) => at < (losses[0]?.at ?? 0))).toBe(true);
    expect(sends.some((at) => at > (losses[0]?.until ?? 0))).toBe(true);
  }, 60_000);
});

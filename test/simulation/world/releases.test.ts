/** A deploy in mid-flight changes what is sent and by what it is decided (issue 7). */
import { describe, expect, it } from 'vitest';
import { check } from '../checker/check.ts';
import { ofKind, toldIn } from '../checker/reading.ts';
import { simulate } from '../run.ts';

const REWORDED = /Thank you for your patience\./;

describe('deploys that change templates and policy', () => {
  it('both answer, each with its own words, and what was approved under other words is withheld', async () => {
    const run = await simulate({ seed: 'deploys', conversations: 40, gapMs: 60_000, faults: ['deploy'] });
    const told = toldIn(run.account.facts);
    const withheld = told.filter(({ data }) => data.reasonCode === 'template_changed');
    const texts = ofKind(run.account.facts, 'sent').map(({ text }) => REWORDED.test(text));
    const thresholds = told.flatMap(({ name, data }) =>
      name === 'MessageClassified' ? [(data.input as { versions: { thresholds: string } }).versions.thresholds] : [],
    );
    expect(check(run.account).violations).toEqual([]);
    expect(run.faults.get('deploy')).toBeGreaterThan(3);
    expect(withheld.length).toBeGreaterThan(0);
    expect(new Set(texts)).toEqual(new Set([true, false]));
    expect(new Set(thresholds).size).toBeGreaterThan(1);
    // A release that comes back decides and words as it did.
    expect(new Set(told.map(({ detail }) => JSON.parse(detail).metadata.release)).size).toBeGreaterThan(2);
  }, 60_000);
});

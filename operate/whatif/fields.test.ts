/** The form of a policy says of every key of `policy show` what may be written there. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type PolicyField, policyFields } from './fields.ts';
import { nested } from './nested.ts';
import { isSection, PolicyFile, RELEASED } from './terms.ts';

const FIELDS = policyFields();
const field = (key: string): PolicyField | undefined => FIELDS.find((one) => one.key === key);

function leaves(value: unknown, path: readonly string[] = []): string[] {
  if (!isSection(value)) return [path.join('.')];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key]));
}

describe('the form', () => {
  it('has every key that policy show prints, but labels and what only a new reading asks for', () => {
    const keys = FIELDS.map(({ key }) => key);
    expect(leaves(RELEASED).filter((key) => !keys.includes(key))).toEqual([
      'version',
      'thresholds.version',
      'reread.classifier',
      'reread.model',
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('takes bounds and steps from the schema', () => {
    expect(field('thresholds.tier1')).toMatchObject({
      kind: 'number',
      min: 0,
      max: 1,
      step: 0.01,
      shipped: 0.6,
      open: null,
    });
    expect(field('replyLimits.windowMs')).toMatchObject({ kind: 'number', max: 86_400_000, step: 60_000 });
    expect(field('thresholds.fewWords')).toMatchObject({ kind: 'number', min: 0, max: null, step: 1, shipped: 5 });
    expect(field('flags.safe_mode')).toMatchObject({ kind: 'switch', shipped: null, open: 'as recorded' });
    expect(field('intents.damaged_item.highestTier')).toMatchObject({
      kind: 'choice',
      options: [0, 1, 2],
      open: 'nothing',
    });
    expect(field('replyChannels')).toMatchObject({ kind: 'list', shipped: ['email', 'livechat'] });
  });

  it('offers a stricter value to intents that have none', () => {
    expect(field('thresholds.tier1Of.damaged_item')).toMatchObject({ shipped: null, open: 'as for all' });
    expect(field('thresholds.tier1Of.cancel_order')).toMatchObject({ shipped: 0.65 });
  });

  it('calls everything by a name of its own', () => {
    const names = FIELDS.map(({ section, name }) => `${section}: ${name}`);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(FIELDS.filter(({ name }) => name.trim() === '')).toEqual([]);
  });

  it('holds nothing that the file would refuse', () => {
    for (const { key, shipped } of FIELDS)
      if (shipped !== null) expect(v.is(PolicyFile, nested({ [key]: shipped }))).toBe(true);
  });
});

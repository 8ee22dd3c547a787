import { describe, expect, it } from 'vitest';
import { policyFileName, policyText } from './export.ts';
import { readPolicyText } from './policy-file.ts';

const DRAFT = {
  changes: { 'flags.safe_mode': true, 'thresholds.tier1Of.cancel_order': 0.8, 'thresholds.route': 0.65 },
  name: 'Fewer replies: cancelling',
  reason: 'Two of 20\nwere wrong: {see} #12',
};

describe('the exported file', () => {
  it('holds the changed keys alone, who reads it first, and why', () => {
    expect(policyText(DRAFT)).toBe(
      [
        '# Fewer replies: cancelling',
        '# Why: Two of 20',
        '# were wrong: {see} #12',
        '# See what it would have changed: npx frontdesk whatif --policy FILE',
        'thresholds:',
        '  route: 0.65',
        '  tier1Of:',
        '    cancel_order: 0.8',
        'flags:',
        '  safe_mode: true',
        '',
      ].join('\n'),
    );
  });

  it.each([DRAFT, { ...DRAFT, changes: {} }, { ...DRAFT, changes: { 'intents.damaged_item.highestTier': null } }])(
    'is what whatif reads: %j',
    (draft) => {
      const read = readPolicyText(policyText(draft), 'it');
      expect(Object.keys(read)).toEqual(
        [...new Set(Object.keys(draft.changes).map((key) => key.split('.')[0]))].toSorted(
          (a, b) => Number(a === 'flags') - Number(b === 'flags'),
        ),
      );
    },
  );

  it('lets no reason become a setting', () => {
    const read = readPolicyText(
      policyText({ changes: {}, name: 'a\nflags: { safe_mode: true }', reason: '\u2028x: 1' }),
      'it',
    );
    expect(read).toEqual({});
  });

  it.each([
    ['Fewer intake replies!', 'fewer-intake-replies.yaml'],
    ['../../etc', 'etc.yaml'],
    ['', 'policy.yaml'],
  ])('%j is called %s', (name, file) => expect(policyFileName(name)).toBe(file));
});

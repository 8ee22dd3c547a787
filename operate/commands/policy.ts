/** `policy show`: what this release decides by; any part of it, changed, is a file for `whatif --policy`. */
import { stringify } from 'yaml';
import type { Answer } from '../context.ts';
import { RELEASED } from '../whatif/terms.ts';

export function showPolicy(): Answer {
  const comment = [
    '# The policy of this release. Change any part of it in a file of your own, and see with',
    '# `npx frontdesk whatif --policy FILE` what it would have decided. null: as each decision had it.',
  ];
  return {
    value: RELEASED,
    text: [
      ...comment,
      stringify(RELEASED, { flowCollectionPadding: true, aliasDuplicateObjects: false }).trimEnd(),
    ].join('\n'),
  };
}

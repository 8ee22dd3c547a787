/** Changed settings as the file that `whatif --policy` takes: for review, and to run the same again. Pure. */
import { stringify } from 'yaml';
import { policyFields } from './fields.ts';
import { nested } from './nested.ts';

export type PolicyDraft = {
  /** Dotted keys, those alone that differ from the release. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly reason: string;
};

/** In the order of `policy show`, so that two drafts can be compared line by line. */
export function policyText({ changes, name, reason }: PolicyDraft): string {
  const order = policyFields().map(({ key }) => key);
  const sorted = Object.entries(changes).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return [
    ...comment(name === '' ? 'A change of the policy' : name),
    ...(reason === '' ? [] : comment(`Why: ${reason}`)),
    ...comment('See what it would have changed: npx frontdesk whatif --policy FILE'),
    sorted.length === 0
      ? '{}'
      : stringify(nested(Object.fromEntries(sorted)), {
          flowCollectionPadding: true,
          aliasDuplicateObjects: false,
        }).trimEnd(),
    '',
  ].join('\n');
}

/** `Fewer intake replies` → `fewer-intake-replies.yaml` */
export function policyFileName(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${slug === '' ? 'policy' : slug}.yaml`;
}

/** Whatever the line breaks, every line stays a comment. */
function comment(text: string): string[] {
  return text
    .split(/[\r\n\u2028\u2029\u0085]+/)
    .filter((line) => line.trim() !== '')
    .map((line) => `# ${line.trim()}`);
}

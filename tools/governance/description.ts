/** What the text of a pull request declares: one line a field, as .github/pull_request_template.md asks for it. Pure. */

export const FIELDS = {
  types: { label: 'Types', asks: 'ids of the table in docs/governance.md with commas between, or none' },
  risk: { label: 'Risk', asks: 'low, medium or high; at least that of the types' },
  lever: {
    label: 'Rollback lever',
    asks: 'exactly one: `template ID`, `flag NAME`, `rule NAME`, `pin NAME`, `release X.Y.Z` or `revert`',
  },
  motive: { label: 'Motive', asks: 'why, in one sentence' },
  scope: { label: 'Scope', asks: 'channels, intents, templates, stages that notice' },
  rollout: { label: 'Rollout', asks: 'in which steps, and what is watched' },
  owner: { label: 'Owner', asks: 'who answers for it until it is live' },
} as const;

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

/** Empty text where a field is missing or was left as the template has it. */
export type Description = Readonly<Record<FieldName, string>>;

export function readDescription(text: string): Description {
  const lines = text.replaceAll(/<!--[\s\S]*?-->/g, '').split(/\r?\n/);
  return Object.fromEntries(FIELD_NAMES.map((name) => [name, saidOf(lines, FIELDS[name].label)])) as Description;
}

/** `- **Risk:** high`, `Risk: high`, however it is set. */
function saidOf(lines: readonly string[], label: string): string {
  const pattern = new RegExp(`^\\s*(?:[-*]\\s+)?\\**${label}\\**\\s*:\\**\\s*(.*?)\\s*$`, 'i');
  return lines.flatMap((line) => pattern.exec(line)?.[1] ?? []).find((value) => value !== '') ?? '';
}

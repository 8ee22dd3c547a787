/** Does an outcome row hold what its message row expects? Only the keys that are given are judged (interfaces §2). */
import type { OutcomeRow } from './outcome-row.ts';
import type { Expected } from './rows.ts';

export type Miss = { readonly key: keyof Expected; readonly expected: unknown; readonly got: unknown };

export function missesOf(expected: Expected, row: OutcomeRow): Miss[] {
  const misses: Miss[] = [];
  for (const key of ['intent', 'tier', 'department', 'templateId', 'outcome'] as const) {
    const wanted = expected[key];
    if (wanted !== undefined && wanted !== row[key]) misses.push({ key, expected: wanted, got: row[key] });
  }
  const { intents } = expected;
  if (intents !== undefined && !intents.some((intent) => intent === row.intent)) {
    misses.push({ key: 'intents', expected: intents, got: row.intent });
  }
  return misses;
}

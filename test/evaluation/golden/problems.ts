/** What is wrong with a golden file as a whole, by row id; empty when it may be released. */
import { INTENT_CATALOGUE } from '../../../policy/intents.ts';
import { ceilingOfLabel, teamOfLabel, templateOfLabel } from './label-policy.ts';
import type { GoldenRow } from './schema.ts';
import { similarity, trigramsOf } from './similarity.ts';

const NEAR = 0.9; // decisions §8.2

export function goldenProblems(rows: readonly GoldenRow[]): string[] {
  return [...rows.flatMap(labelProblems), ...textProblems(rows)];
}

function labelProblems(row: GoldenRow): string[] {
  const { intent, intents, secondary = [] } = row;
  const isThreat = INTENT_CATALOGUE[intent].priority === 0;
  const wrong: [string, boolean][] = [
    ['intents lacks the intent', intents !== undefined && !intents.includes(intent)],
    ['intents stand twice', intents !== undefined && new Set(intents).size !== intents.length],
    ['a secondary is the primary or stands twice', new Set([intent, ...secondary]).size !== secondary.length + 1],
    ['secondaries are not in the order of their class', !isOrdered(row)],
    ['a secondary outranks the primary', secondary.some((other) => outranks(row, other))],
    ['tier0 is for rows without a P0 intent', isThreat && row.tier0 === true],
    ['a threat is not of the negative set', isThreat && row.negative === true],
    [`destination_team should be ${teamOfLabel(row)}`, row.destination_team !== teamOfLabel(row)],
    [`automation_tier_max should be ${ceilingOfLabel(row)}`, row.automation_tier_max !== ceilingOfLabel(row)],
    [`template_id should be ${templateOfLabel(row)}`, row.template_id !== templateOfLabel(row)],
  ];
  return wrong.filter(([, isWrong]) => isWrong).map(([problem]) => `${row.id}: ${problem}`);
}

function isOrdered({ secondary = [] }: GoldenRow): boolean {
  const classes = secondary.map((intent) => INTENT_CATALOGUE[intent].priority);
  return classes.every((priority, index) => index === 0 || (classes[index - 1] ?? 0) <= priority);
}

/** M2: the lowest class is primary. */
function outranks({ intent }: GoldenRow, other: GoldenRow['intent']): boolean {
  return INTENT_CATALOGUE[other].priority < INTENT_CATALOGUE[intent].priority;
}

/** Ids and texts stand once; what is nearly the same stands in one split. */
function textProblems(rows: readonly GoldenRow[]): string[] {
  const read = rows.map((row) => ({ row, grams: trigramsOf(row.text) }));
  const problems: string[] = [];
  const ids = new Set<string>();
  for (const [index, { row, grams }] of read.entries()) {
    if (ids.has(row.id)) problems.push(`${row.id}: the id stands twice`);
    ids.add(row.id);
    for (const other of read.slice(0, index)) {
      // Sizes that far apart cannot be that alike.
      if (Math.min(grams.size, other.grams.size) < NEAR * Math.max(grams.size, other.grams.size)) continue;
      if (row.text === other.row.text && row.channel === other.row.channel && row.attachments === other.row.attachments)
        problems.push(`${row.id}: the same message as ${other.row.id}`);
      else if (row.split !== other.row.split && similarity(grams, other.grams) >= NEAR)
        problems.push(`${row.id}: nearly ${other.row.id}, which is in the other split`);
    }
  }
  return problems;
}

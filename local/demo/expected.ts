/** Does an outcome row hold what its message row expects? Only the keys that are given are judged (interfaces §2). */
import type { OutcomeRow } from './outcome-row.ts';
import type { Expected } from './rows.ts';

export type Miss = { readonly key: keyof Expected; readonly expected: unknown; readonly got: unknown };

const SINGLE = [
  'intent',
  'tier',
  'department',
  'templateId',
  'outcome',
  'confidence',
  'margin',
  'templateCandidate',
] as const;

export function missesOf(expected: Expected, row: OutcomeRow): Miss[] {
  const { intents, reasonCode, reasons = [], secondaryIntents, tags = [], noTags = [], replyHas = [] } = expected;
  const misses: Miss[] = [];
  const judge = (isMet: boolean, miss: Miss): void => {
    if (!isMet) misses.push(miss);
  };
  for (const key of SINGLE) {
    const wanted = expected[key];
    judge(wanted === undefined || wanted === row[key], { key, expected: wanted, got: row[key] });
  }
  const isOneOf = intents === undefined || intents.some((intent) => intent === row.intent);
  judge(isOneOf, { key: 'intents', expected: intents, got: row.intent });
  const [deciding] = row.reasonCodes;
  const decides = reasonCode === undefined || reasonCode === deciding;
  judge(decides, { key: 'reasonCode', expected: reasonCode, got: deciding });
  const isBeside = secondaryIntents === undefined || secondaryIntents.join() === row.secondaryIntents.join();
  judge(isBeside, { key: 'secondaryIntents', expected: secondaryIntents, got: row.secondaryIntents });
  for (const reason of reasons) {
    judge(row.reasonCodes.includes(reason), { key: 'reasons', expected: reason, got: row.reasonCodes });
  }
  for (const tag of tags) judge(row.tagsAdded.includes(tag), { key: 'tags', expected: tag, got: row.tagsAdded });
  for (const tag of noTags) judge(!row.tagsAdded.includes(tag), { key: 'noTags', expected: tag, got: row.tagsAdded });
  for (const piece of replyHas) {
    judge(row.replyText?.includes(piece) ?? false, { key: 'replyHas', expected: piece, got: row.replyText });
  }
  return misses;
}

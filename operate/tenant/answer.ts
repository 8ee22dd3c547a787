/** Answers to tenant questions, made from counts. */
import type { TenantAnswer, Verdict } from '../../config/tenant.ts';

/** An answer of one run, before it is dated. */
export type Finding = Omit<TenantAnswer, 'checkedAt'>;
type Counts = Readonly<Record<string, number>>;

export const yes = (evidence: Counts): Finding => ({ answer: 'yes', evidence: { ...evidence } });
export const no = (why: string, evidence: Counts): Finding => ({ answer: 'no', why, evidence: { ...evidence } });
/** Counts as no. */
export const inconclusive = (why: string, evidence: Counts = {}): Finding => ({
  answer: 'inconclusive',
  why,
  ...(Object.keys(evidence).length > 0 && { evidence: { ...evidence } }),
});

/** Whether a share is proven high, from a sample that may be too small to say. */
export function shareVerdict(
  filled: number,
  of: number,
  rule: { readonly least: number; readonly share: number },
): Verdict {
  if (of < rule.least) return 'inconclusive';
  return filled / of >= rule.share ? 'yes' : 'no';
}

/** The whole from its parts: one no is a no, and only all yes are a yes. */
export function ofParts(parts: Readonly<Record<string, Verdict>>): Verdict {
  const verdicts = Object.values(parts);
  if (verdicts.includes('no')) return 'no';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'yes') ? 'yes' : 'inconclusive';
}

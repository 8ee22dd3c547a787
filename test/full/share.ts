/** The long proofs dealt out to machines that run side by side. */
import type { ProofPart } from './part.ts';

/**
 * The longest first, each to whoever has least to do: the same shares on every machine.
 *
 * @param share  `K/N`: the K-th of N, from 1
 * @returns the parts in their own order; `null` where there is no such share
 */
export function shareOf<P extends Pick<ProofPart, 'name' | 'limitMinutes'>>(
  parts: readonly P[],
  share: string,
): P[] | null {
  const [, which, count] = (/^([1-9]\d?)\/([1-9]\d?)$/.exec(share) ?? []).map(Number);
  if (which === undefined || count === undefined || which > count) return null;
  const shares = Array.from({ length: count }, () => ({ minutes: 0, parts: new Set<P>() }));
  for (const part of [...parts].sort((one, other) => other.limitMinutes - one.limitMinutes)) {
    const least = shares.reduce((best, one) => (one.minutes < best.minutes ? one : best));
    least.minutes += part.limitMinutes;
    least.parts.add(part);
  }
  return parts.filter((part) => shares[which - 1]?.parts.has(part));
}

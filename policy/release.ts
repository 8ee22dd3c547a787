/** Whether an input was decided by this release: only then must the same input give the same decision again. */
import type { DecisionInput } from '../events/decision.ts';
import { POLICY_VERSION, ROUTING_VERSION, TAXONOMY_VERSION, THRESHOLDS_VERSION } from './versions.ts';

export function isOfThisRelease({ versions }: Pick<DecisionInput, 'versions'>): boolean {
  return (
    versions.policy === POLICY_VERSION &&
    versions.thresholds === THRESHOLDS_VERSION &&
    versions.taxonomy === TAXONOMY_VERSION &&
    versions.routing === ROUTING_VERSION
  );
}

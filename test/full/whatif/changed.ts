/** Which decisions a moved `route` threshold changes, told from the facts' own numbers: not a line of the policy's code runs here. */
export type Fact = {
  readonly messageKey: string;
  readonly decision: {
    readonly routingConfidence: number | null;
    readonly gateReport: readonly { readonly gate: string; readonly result: string }[];
  };
};

/** A decision becomes another one where the route gate judged it and its certainty lies between both thresholds. */
export function changedByRoute(facts: Iterable<Fact>, before: number, after: number): string[] {
  const changed: string[] = [];
  for (const { messageKey, decision } of facts) {
    const sure = decision.routingConfidence;
    const isJudged = decision.gateReport.some(({ gate, result }) => gate === 'G14' && result !== 'n/a');
    const isBetween = sure !== null && sure >= Math.min(before, after) && sure < Math.max(before, after);
    if (isJudged && isBetween) changed.push(messageKey);
  }
  return changed;
}

/** The most that any role of the stage may ever do, whatever its own policy says (platform §1.1, §4.5). */
import type { NamedStage } from './stages.ts';
import { topology } from './topology.ts';
import { deliveryStatementsOf } from './topology-analytics.ts';
import type { Place } from './topology-names.ts';
import { operatorRolesOf } from './topology-operators.ts';
import type { Statement } from './topology-permissions.ts';
import { roleStatementsOf } from './topology-permissions.ts';

/** What EventBridge Scheduler does with the functions that run by the clock. */
export const INVOKING = ['lambda:InvokeFunction'] as const;

/** The union of what our roles are given, so that a role made by CI cannot be more than one of them. */
export function boundaryOf(stage: Pick<NamedStage, 'operators'>, place: Place, keyArn: string): Statement[] {
  const given = [
    ...topology.functions.flatMap((spec) => roleStatementsOf(spec, place, keyArn)),
    ...operatorRolesOf(stage, place, keyArn).flatMap(({ statements }) => statements),
    ...deliveryStatementsOf(place, keyArn),
  ].flatMap(({ actions }) => actions);
  return [{ actions: [...new Set([...given, ...INVOKING])].sort(), resources: ['*'] }];
}

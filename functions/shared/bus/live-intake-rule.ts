/** Whether the bus hands what came in to `classify`: the last level of the kill switch (platform §4.10). */
import { DescribeRuleCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { asking } from '../aws/live-client.ts';
import type { IntakeRule } from '../ports.ts';
import { INTAKE_RULE } from '../rules.ts';

export function eventBridgeIntakeRule(client: EventBridgeClient, env: string): IntakeRule {
  return {
    async isEnabled() {
      const { State } = await asking('eventbridge', 'read', () =>
        client.send(new DescribeRuleCommand({ Name: INTAKE_RULE, EventBusName: `frontdesk-${env}` })),
      );
      return State !== 'DISABLED';
    },
  };
}

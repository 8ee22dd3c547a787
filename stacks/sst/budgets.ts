/// <reference path="../../.sst/platform/config.d.ts" />

import type { DeployableStage } from '../stages.ts';
import { budgetsOf } from '../topology-budgets.ts';
import type { Topics } from './topics.ts';

/** What the account may cost in a day and in a month, and who hears of half of it, most of it and all of it (platform §1.1). */
export function createBudgets(stage: DeployableStage, topics: Topics): void {
  for (const { name, period, limitUsd, alerts } of budgetsOf(stage)) {
    new aws.budgets.Budget(`Budget-${name}`, {
      name: `frontdesk-${stage.name}-${name}`,
      budgetType: 'COST',
      timeUnit: period,
      limitAmount: String(limitUsd),
      limitUnit: 'USD',
      notifications: alerts.map(({ percent, addresses, topic }) => ({
        notificationType: 'ACTUAL',
        comparisonOperator: 'GREATER_THAN',
        threshold: percent,
        thresholdType: 'PERCENTAGE',
        subscriberEmailAddresses: [...addresses],
        subscriberSnsTopicArns: [topic === null ? undefined : topics.get(topic)?.arn].filter(
          (arn) => arn !== undefined,
        ),
      })),
    });
  }
}

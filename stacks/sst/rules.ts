/// <reference path="../../.sst/platform/config.d.ts" />
import type { DeployableStage } from '../stages.ts';
import { topology } from '../topology.ts';
import { arns, type Place } from '../topology-names.ts';
import { isBornEnabled } from '../topology-rules.ts';
import type { RuleSpec } from '../topology-types.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';

/** Live rules and their replay twins, each with retry policy and dead-letter queue. */
export function createRules(
  stage: DeployableStage,
  place: Place,
  bus: sst.aws.Bus,
  functions: Functions,
  queues: Queues,
): void {
  for (const rule of topology.rules) {
    const target = functions.get(rule.target);
    const deadLetters = queues.get(rule.target)?.deadLetters;
    if (target === undefined || deadLetters === undefined) throw new Error(`${rule.name} targets nothing`);
    const busArn = rule.bus === 'default' ? arns(place).defaultBus : bus.arn;
    sst.aws.Bus.subscribe(`Rule-${rule.name}`, busArn, target.arn, {
      transform: {
        // The component's own `pattern` knows source, detailType and detail; `replay-name` is top-level.
        rule: (args, options) => {
          args.name = nameOf(rule);
          args.eventPattern = JSON.stringify(rule.pattern);
          if (!isBornEnabled(rule, stage)) args.state = 'DISABLED';
          // Operators switch rules off; a deploy leaves them as they are (docs/operations.md).
          options.ignoreChanges = [...(options.ignoreChanges ?? []), 'state'];
        },
        target: {
          deadLetterConfig: { arn: deadLetters.arn },
          retryPolicy: {
            maximumEventAgeInSeconds: rule.retry.maxAgeSeconds,
            maximumRetryAttempts: rule.retry.attempts,
          },
        },
      },
    });
  }
}

/** The default bus is shared by the whole account, so our name stands in front. */
function nameOf({ name, bus }: RuleSpec): string {
  return bus === 'default' ? `frontdesk-${$app.stage}-${name}` : name;
}

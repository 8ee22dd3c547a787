/** Targets of a rule: functions and queues, with retry policy and dead-letter queue. */
import type { DatabaseSync } from 'node:sqlite';
import { transact } from '../database.ts';
import { AwsError, type AwsOperation } from '../service.ts';
import { resourceOf } from './arns.ts';
import type { Buses } from './buses.ts';
import {
  busNameOf,
  defined,
  type Input,
  objectOf,
  optionalInteger,
  optionalText,
  paginate,
  requiredList,
  requiredName,
  requiredText,
  validationError,
} from './input.ts';
import type { RuleBook, TargetRow } from './rule-book.ts';
import type { Rules } from './rules.ts';

type TargetOperation = 'PutTargets' | 'RemoveTargets' | 'ListTargetsByRule';

/** EventBridge's quota of targets of a rule. */
const MAX_TARGETS_PER_RULE = 5;

export function createTargets(context: {
  database: DatabaseSync;
  buses: Buses;
  rules: Rules;
  ruleBook: RuleBook;
}): Readonly<Record<TargetOperation, AwsOperation>> {
  const { database, buses, rules, ruleBook } = context;
  const upsert = database.prepare(
    `INSERT OR REPLACE INTO eb_target (bus, rule, id, arn, max_age_seconds, max_attempts, dead_letter_arn)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = database.prepare('DELETE FROM eb_target WHERE bus = ? AND rule = ? AND id = ?');
  const selectAll = database.prepare('SELECT * FROM eb_target WHERE bus = ? AND rule = ? ORDER BY id');

  const requireRule = (input: Input) => {
    const bus = busNameOf(input);
    buses.require(bus);
    const rule = requiredName(input, 'Rule', 64);
    rules.require(bus, rule);
    return { bus, rule };
  };

  return {
    PutTargets(input) {
      const { bus, rule } = requireRule(input);
      const targets = requiredList(input, 'Targets', 100).map((item) => targetOf(objectOf(item, 'Targets'), bus, rule));
      const known = (selectAll.all(bus, rule) as TargetRow[]).map((row) => row.id);
      if (new Set([...known, ...targets.map((target) => target.id)]).size > MAX_TARGETS_PER_RULE) {
        throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
      }
      transact(database, () => {
        for (const row of targets) {
          upsert.run(bus, rule, row.id, row.arn, row.max_age_seconds, row.max_attempts, row.dead_letter_arn);
        }
      });
      ruleBook.changed(bus);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets(input) {
      const { bus, rule } = requireRule(input);
      const ids = requiredList(input, 'Ids', 100);
      const failed: Record<string, unknown>[] = [];
      transact(database, () => {
        for (const id of ids) {
          if (typeof id === 'string' && remove.run(bus, rule, id).changes === 1) continue;
          failed.push({
            TargetId: id,
            ErrorCode: 'ResourceNotFoundException',
            ErrorMessage: 'The rule has no target of this id.',
          });
        }
      });
      ruleBook.changed(bus);
      return { FailedEntryCount: failed.length, FailedEntries: failed };
    },
    ListTargetsByRule(input) {
      const { bus, rule } = requireRule(input);
      const { page, token } = paginate(selectAll.all(bus, rule) as TargetRow[], input, (row) => row.id);
      return { Targets: page.map(describe), ...token };
    },
  };
}

const TRANSFORMS = ['Input', 'InputPath', 'InputTransformer'] as const;

function targetOf(target: Input, bus: string, rule: string): TargetRow {
  const transform = TRANSFORMS.find((field) => target[field] !== undefined);
  if (transform !== undefined) throw validationError(`Parameter ${transform} is not supported by this endpoint.`);
  const arn = requiredText(target, 'Arn', 1_600);
  const { service, resource } = resourceOf(arn);
  if (!(service === 'lambda' && resource.startsWith('function:')) && service !== 'sqs') {
    throw validationError('Parameter Arn is not valid. Reason: targets are Lambda functions and SQS queues.');
  }
  const retry = objectOf(target.RetryPolicy ?? {}, 'RetryPolicy');
  const deadLetterArn = optionalText(objectOf(target.DeadLetterConfig ?? {}, 'DeadLetterConfig'), 'Arn', 1_600) ?? null;
  if (deadLetterArn !== null && resourceOf(deadLetterArn).service !== 'sqs') {
    throw validationError('Parameter DeadLetterConfig.Arn is not valid. Reason: it must be an SQS queue.');
  }
  return {
    bus,
    rule,
    id: requiredName(target, 'Id', 64),
    arn,
    max_age_seconds: optionalInteger(retry, 'MaximumEventAgeInSeconds', 60, 86_400) ?? null,
    max_attempts: optionalInteger(retry, 'MaximumRetryAttempts', 0, 185) ?? null,
    dead_letter_arn: deadLetterArn,
  };
}

function describe(row: TargetRow) {
  const retry = defined({
    MaximumRetryAttempts: row.max_attempts,
    MaximumEventAgeInSeconds: row.max_age_seconds,
  });
  return defined({
    Id: row.id,
    Arn: row.arn,
    RetryPolicy: Object.keys(retry).length === 0 ? null : retry,
    DeadLetterConfig: row.dead_letter_arn === null ? null : { Arn: row.dead_letter_arn },
  });
}

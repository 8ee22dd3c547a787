/** Rules of a bus: pattern rules only, schedules are functions' own (`lambda/schedules.ts`). */
import type { DatabaseSync } from 'node:sqlite';
import { AwsError, type AwsOperation } from '../service.ts';
import type { Arns } from './arns.ts';
import type { Buses } from './buses.ts';
import { parseEventText } from './event-text.ts';
import {
  busNameOf,
  defined,
  type Input,
  invalidParameter,
  notFound,
  optionalText,
  paginate,
  requiredName,
  requiredText,
  validationError,
} from './input.ts';
import { compilePattern, validatePattern } from './pattern.ts';
import type { RuleBook } from './rule-book.ts';

type RuleRow = { bus: string; name: string; pattern: string; state: string; description: string | null };

type RuleOperation = 'PutRule' | 'DeleteRule' | 'DescribeRule' | 'ListRules' | 'EnableRule' | 'DisableRule';

export type Rules = {
  /** Throws ResourceNotFoundException. */
  require(bus: string, name: string): void;
  readonly operations: Readonly<Record<RuleOperation | 'TestEventPattern', AwsOperation>>;
};

const RULE_STATES: readonly string[] = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];
/** EventBridge's quota of rules on a bus. */
const MAX_RULES_PER_BUS = 300;
const MAX_PATTERN_LENGTH = 4_096;

export function createRules(context: { database: DatabaseSync; arns: Arns; buses: Buses; ruleBook: RuleBook }): Rules {
  const { database, arns, buses, ruleBook } = context;
  const select = database.prepare('SELECT * FROM eb_rule WHERE bus = ? AND name = ?');
  const selectAll = database.prepare('SELECT * FROM eb_rule WHERE bus = ? ORDER BY name');
  const count = database.prepare('SELECT count(*) AS rules FROM eb_rule WHERE bus = ?');
  const upsert = database.prepare(
    `INSERT INTO eb_rule (bus, name, pattern, state, description) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (bus, name) DO UPDATE
     SET pattern = excluded.pattern, state = excluded.state, description = excluded.description`,
  );
  const setState = database.prepare('UPDATE eb_rule SET state = ? WHERE bus = ? AND name = ?');
  const remove = database.prepare('DELETE FROM eb_rule WHERE bus = ? AND name = ?');
  const countTargets = database.prepare('SELECT count(*) AS targets FROM eb_target WHERE bus = ? AND rule = ?');

  const find = (bus: string, name: string) => select.get(bus, name) as RuleRow | undefined;
  const requireRow = (input: Input): RuleRow => {
    const bus = busNameOf(input);
    buses.require(bus);
    const row = find(bus, requiredName(input, 'Name', 64));
    if (row === undefined) throw notFound('Rule');
    return row;
  };
  const describe = (row: RuleRow) =>
    defined({
      Name: row.name,
      Arn: arns.rule(row.bus, row.name),
      EventPattern: row.pattern,
      State: row.state,
      Description: row.description,
      EventBusName: row.bus,
    });
  const describeWhole = (row: RuleRow) => ({ ...describe(row), CreatedBy: arns.accountId });
  const switchTo = (state: string) => (input: Input) => {
    const { bus, name } = requireRow(input);
    setState.run(state, bus, name);
    ruleBook.changed(bus);
  };

  return {
    require(bus, name) {
      if (find(bus, name) === undefined) throw notFound('Rule');
    },
    operations: {
      PutRule(input) {
        const bus = busNameOf(input);
        buses.require(bus);
        const name = requiredName(input, 'Name', 64);
        if (optionalText(input, 'ScheduleExpression', 256)) {
          throw validationError('Parameter ScheduleExpression is not supported by this endpoint.');
        }
        const pattern = requiredText(input, 'EventPattern', MAX_PATTERN_LENGTH);
        validatePattern(pattern);
        const state = optionalText(input, 'State') ?? 'ENABLED';
        if (!RULE_STATES.includes(state))
          throw invalidParameter('State', `it must be one of ${RULE_STATES.join(', ')}.`);
        const isFull = (count.get(bus) as { rules: number }).rules >= MAX_RULES_PER_BUS;
        if (isFull && find(bus, name) === undefined) {
          throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
        }
        upsert.run(bus, name, pattern, state, optionalText(input, 'Description') ?? null);
        ruleBook.changed(bus);
        return { RuleArn: arns.rule(bus, name) };
      },
      DeleteRule(input) {
        const bus = busNameOf(input);
        buses.require(bus);
        const name = requiredName(input, 'Name', 64);
        if ((countTargets.get(bus, name) as { targets: number }).targets > 0) {
          throw validationError("Rule can't be deleted since it has targets.");
        }
        remove.run(bus, name);
        ruleBook.changed(bus);
      },
      DescribeRule: (input) => describeWhole(requireRow(input)),
      ListRules(input) {
        const bus = busNameOf(input);
        buses.require(bus);
        const prefix = optionalText(input, 'NamePrefix', 64) ?? '';
        const rows = (selectAll.all(bus) as RuleRow[]).filter((row) => row.name.startsWith(prefix));
        const { page, token } = paginate(rows, input, (row) => row.name);
        return { Rules: page.map(describe), ...token };
      },
      EnableRule: switchTo('ENABLED'),
      DisableRule: switchTo('DISABLED'),
      TestEventPattern(input) {
        const pattern = validatePattern(requiredText(input, 'EventPattern', MAX_PATTERN_LENGTH));
        const event = parseTestEvent(requiredText(input, 'Event', 1_048_576));
        return { Result: compilePattern(pattern)(event) };
      },
    },
  };
}

const TEST_EVENT_FIELDS = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'] as const;

function parseTestEvent(json: string): Record<string, unknown> {
  let event: unknown;
  try {
    event = parseEventText(json);
  } catch {
    throw validationError('Parameter Event is not valid. Reason: it is not valid JSON.');
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw validationError('Parameter Event is not valid. Reason: it is not a JSON object.');
  }
  const missing = TEST_EVENT_FIELDS.find((field) => !Object.hasOwn(event, field));
  if (missing !== undefined) throw validationError(`Parameter Event is not valid. Reason: it misses ${missing}.`);
  return event as Record<string, unknown>;
}

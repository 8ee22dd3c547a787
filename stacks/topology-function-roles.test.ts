/** Platform §4.5 row by row: what each function’s role may do, and what it explicitly may not. The table is by hand, from the text. */
import { describe, expect, it } from 'vitest';
import type { FunctionName } from '../events/words.ts';
import { isSpecified } from './added.testing.ts';
import { topology } from './topology.ts';
import {
  ANY_SECRET,
  KEY,
  matching,
  OPENAI,
  RICHPANEL,
  RULES,
  SEAT,
  SECRET,
  statementsOf,
} from './topology-roles.testing.ts';

const VAULT = /^dynamodb:.*_vault/;
const CONVERSATION = /^dynamodb:.*_conversation_state/;

/** Per function: what must be there, and the column "explicitly absent" (with rulings 6 and 31 of architecture §10). */
const ROWS: readonly { name: FunctionName; has: readonly RegExp[]; lacks: readonly RegExp[] }[] = [
  {
    name: 'ingest',
    has: [/^events:PutEvents/, /PutItem .*_idempotency evt:/, SECRET('webhook_token'), SECRET('hash_salt')],
    lacks: [CONVERSATION, RICHPANEL, OPENAI, SEAT, VAULT, /^ssm:Put/],
  },
  {
    name: 'classify',
    has: [
      CONVERSATION,
      /PutItem .*_vault txt:/,
      RICHPANEL,
      OPENAI,
      SECRET('hash_salt'),
      /^sqs:SendMessage .*classify-later/,
    ],
    lacks: [/GetItem .*_vault/, /_vault ord:/, SECRET('webhook_token'), /act:rp_reply/],
  },
  {
    name: 'order-lookup',
    has: [/PutItem .*_vault ord:/, RICHPANEL, SECRET('hash_salt'), /^sqs:SendMessage .*order-lookup-later/],
    lacks: [OPENAI, SEAT, /GetItem .*_vault/, /_vault txt:/, CONVERSATION],
  },
  {
    name: 'verify',
    has: [/GetItem .*_vault txt:/, OPENAI, /GetItem .*_conversation_state/, /^sqs:SendMessage .*verify-later/],
    lacks: [RICHPANEL, SEAT, /_vault ord:/, /(Put|Update|Delete)Item .*_vault/],
  },
  {
    name: 'responder-route',
    has: [RICHPANEL, CONVERSATION, /^sqs:SendMessage .*responder-route-later/],
    lacks: [SEAT, VAULT, OPENAI, /act:rp_reply/, /ReplySent/],
  },
  {
    name: 'responder-reply',
    has: [RICHPANEL, SEAT, /GetItem .*_vault ord:/, /DeleteItem .*_vault ord:/, /PutItem .*act:rp_reply:/],
    lacks: [OPENAI, /_vault txt:/, RULES],
  },
  {
    name: 'responder-settle',
    has: [RICHPANEL, SEAT, CONVERSATION],
    lacks: [VAULT, OPENAI],
  },
  {
    name: 'auditor',
    has: [/PutItem .*_audit_trail/, /UpdateItem .*_read_models/, /_idempotency csm:auditor:/],
    lacks: [ANY_SECRET, /^events:PutEvents/, VAULT, CONVERSATION],
  },
  {
    name: 'sealer',
    has: [/Query .*_audit_trail/, /PutItem .*_audit_trail seals#/, /^events:PutEvents/],
    lacks: [ANY_SECRET, VAULT, CONVERSATION, /_idempotency/],
  },
  {
    name: 'sweeper',
    has: [
      /Query .*_idempotency\/index/,
      /UpdateItem .*_idempotency/,
      /_vendor_limits/,
      /^events:DescribeRule/,
      /^events:PutEvents/,
    ],
    lacks: [ANY_SECRET, VAULT, CONVERSATION],
  },
  {
    name: 'reconciler',
    // Platform names the salt too; its ports take no digest, and ports stand (architecture §10 ruling 6).
    has: [RICHPANEL, /PutItem .*_idempotency evt:/, /GetItem .*_conversation_state/, /^events:PutEvents/],
    lacks: [OPENAI, SEAT, VAULT, /(Put|Update)Item .*_conversation_state/],
  },
  {
    // Platform §6.8: no vendor, nothing but its own keys.
    name: 'analytics',
    has: [/^firehose:PutRecord .*deliverystream\/frontdesk-prod-facts$/, /_idempotency csm:analytics:/],
    lacks: [ANY_SECRET, RICHPANEL, OPENAI, VAULT, CONVERSATION, /_audit_trail/, /_read_models/, /^events:/],
  },
  { name: 'flag-watcher', has: [/^events:PutEvents/], lacks: [ANY_SECRET, /^dynamodb:/, /^ssm:Put/] },
];

describe.each(ROWS)('$name', ({ name, has, lacks }) => {
  it.each(has)('may %s', (pattern) => {
    expect(matching(statementsOf(name), pattern)).not.toEqual([]);
  });
  it.each(lacks)('may not %s', (pattern) => {
    expect(matching(statementsOf(name), pattern)).toEqual([]);
  });
});

describe('every function', () => {
  it('has its row', () => {
    expect(ROWS.map((row) => row.name).sort()).toEqual(
      topology.functions
        .map(({ name }) => name)
        .filter(isSpecified)
        .sort(),
    );
  });

  it('reads no table whole, writes no flag, makes no role and touches no rule', () => {
    for (const { name } of topology.functions)
      expect(
        matching(statementsOf(name), /^(dynamodb:Scan|ssm:Put|iam:|sts:|events:(?!PutEvents|DescribeRule))/),
        name,
      ).toEqual([]);
  });

  it('writes lines to its own log group, and asks no resource but X-Ray’s by a star', () => {
    for (const { name } of topology.functions) {
      expect(matching(statementsOf(name), /^logs:/), name).toEqual([
        `logs:CreateLogStream log-group:/aws/lambda/frontdesk-prod-${name}:log-stream:*`,
        `logs:PutLogEvents log-group:/aws/lambda/frontdesk-prod-${name}:log-stream:*`,
      ]);
      const everywhere = statementsOf(name).filter(({ resources }) => resources.includes('*'));
      expect(
        everywhere.flatMap(({ actions }) => actions),
        name,
      ).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
    }
  });

  it('uses the key through services alone: those that hold something it may read', () => {
    const through = (name: FunctionName) =>
      statementsOf(name)
        .filter(({ actions }) => actions.some((action) => action.startsWith('kms:')))
        .map(({ actions, resources, conditions = [] }) => [
          actions,
          resources,
          conditions[0]?.variable,
          conditions[0]?.values,
        ]);
    const queues = [['kms:Decrypt', 'kms:GenerateDataKey'], [KEY], 'kms:ViaService', ['sqs.us-east-2.amazonaws.com']];
    expect(through('flag-watcher')).toEqual([queues]);
    expect(through('auditor')).toEqual([
      queues,
      [['kms:Decrypt'], [KEY], 'kms:ViaService', ['dynamodb.us-east-2.amazonaws.com']],
    ]);
    expect(through('verify')[1]?.[3]).toEqual([
      'dynamodb.us-east-2.amazonaws.com',
      'secretsmanager.us-east-2.amazonaws.com',
    ]);
  });

  it('is held to the stage’s tag at secrets and queues', () => {
    for (const { name } of topology.functions)
      for (const { actions, conditions = [] } of statementsOf(name))
        if (actions.some((action) => /^(secretsmanager|sqs):/.test(action)))
          expect(conditions, `${name} ${actions}`).toContainEqual({
            test: 'StringEquals',
            variable: 'aws:ResourceTag/env',
            values: ['prod'],
          });
  });
});

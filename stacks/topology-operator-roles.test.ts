/** Platform §4.5: what the role of each operator may do, and what it may not. */
import { describe, expect, it } from 'vitest';
import { operatorRolesOf } from './topology-operators.ts';
import type { Statement } from './topology-permissions.ts';
import {
  ANY_SECRET,
  KEY,
  matching,
  OPENAI,
  OPERATORS,
  PLACE,
  RICHPANEL,
  RULES,
  rights,
  SEAT,
  STAGE,
} from './topology-roles.testing.ts';

const operator = (name: string): readonly Statement[] => {
  const found = OPERATORS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found.statements;
};

const WRITES = /^dynamodb:(Put|Update|Delete)/;

describe('operators', () => {
  it('are replay, flags, erasure, drain and secrets, and break-glass in production', () => {
    expect(OPERATORS.map(({ roleName }) => roleName)).toEqual([
      'frontdesk-prod-operator-replay',
      'frontdesk-prod-operator-flags',
      'frontdesk-prod-operator-erasure',
      'frontdesk-prod-operator-drain',
      'frontdesk-prod-operator-secrets',
      'prod-breakglass-admin',
    ]);
    expect(operatorRolesOf(STAGE, { ...PLACE, env: 'staging' }, KEY).map(({ name }) => name)).not.toContain(
      'breakglass-admin',
    );
  });

  it('replay: replays and switches live rules; the ledger, records and secrets are out of reach', () => {
    const may = operator('operator-replay');
    expect(matching(may, /^events:StartReplay archive/)).toHaveLength(2);
    expect(matching(may, /^events:(Enable|Disable)Rule/)).not.toEqual([]);
    // Twins are always enabled (§5.3), and nothing is switched on the account's own bus.
    expect(matching(may, /^events:(Enable|Disable)Rule .*(-replay|default)/)).toEqual([]);
    expect(matching(may, WRITES)).toEqual([
      'dynamodb:PutItem table/frontdesk_prod_read_models',
      'dynamodb:UpdateItem table/frontdesk_prod_read_models',
    ]);
    expect(matching(may, ANY_SECRET)).toEqual([]);
    expect(matching(may, /^sqs:(Send|Receive|Delete)/)).toEqual([]);
  });

  it('flags: writes flags of its stage and nothing else', () => {
    const may = operator('operator-flags');
    const writes = rights(may).filter((right) => !/^[a-z]+:(Get|List|Describe|Query|Scan|Decrypt)/.test(right));
    expect(writes.length).toBeGreaterThan(20);
    for (const right of writes) expect(right).toMatch(/^ssm:PutParameter parameter\/frontdesk\/prod\/[a-z0-9_/*]+$/);
    expect(writes).toContain('ssm:PutParameter parameter/frontdesk/prod/automation_enabled');
    expect(writes).toContain('ssm:PutParameter parameter/frontdesk/prod/template_enabled/*');
    // Changed by a release alone (§1.5).
    expect(writes.filter((right) => /thresholds|models|prod\/\*/.test(right))).toEqual([]);
    // Whether a replay is not over, and nothing that people read.
    expect(matching(may, /_read_models/)).toEqual(['dynamodb:Query table/frontdesk_prod_read_models replay']);
    expect(matching(may, ANY_SECRET)).toEqual([]);
  });

  it('erasure: deletes what is kept of a customer; no key of a vendor, no rule', () => {
    const may = operator('operator-erasure');
    expect(matching(may, /^dynamodb:DeleteItem/)).toEqual([
      'dynamodb:DeleteItem table/frontdesk_prod_conversation_state',
      'dynamodb:DeleteItem table/frontdesk_prod_audit_trail',
      'dynamodb:DeleteItem table/frontdesk_prod_vault',
      'dynamodb:DeleteItem table/frontdesk_prod_read_models',
      'dynamodb:DeleteItem table/frontdesk_prod_idempotency cust:*',
      'dynamodb:DeleteItem table/frontdesk_prod_idempotency match:*',
    ]);
    for (const pattern of [RICHPANEL, OPENAI, RULES]) expect(matching(may, pattern)).toEqual([]);
  });

  it('drain: the queues of dead letters, and no way to the door', () => {
    const may = operator('operator-drain');
    expect(matching(may, /^sqs:(Receive|Delete)Message/).every((right) => /-(dlq|failures)$/.test(right))).toBe(true);
    expect(matching(may, /^sqs:SendMessage/).every((right) => right.endsWith('-later'))).toBe(true);
    expect(matching(may, /act:|_vault|_conversation/)).toEqual([]);
    for (const pattern of [OPENAI, SEAT, RULES]) expect(matching(may, pattern)).toEqual([]);
  });

  it('secrets: the webhook’s secret alone, by value', () => {
    const may = operator('operator-secrets');
    expect(matching(may, /^secretsmanager:(Get|Put)SecretValue/)).toEqual([
      'secretsmanager:GetSecretValue secret:frontdesk/prod/richpanel/webhook_token-??????',
      'secretsmanager:PutSecretValue secret:frontdesk/prod/richpanel/webhook_token-??????',
    ]);
  });

  it('break-glass wants a second factor and bears no policy of ours', () => {
    expect(OPERATORS.at(-1)).toMatchObject({ needsSecondFactor: true, statements: [] });
  });
});

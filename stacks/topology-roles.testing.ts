/** Roles of a production stage for tests, and their statements as lines that a pattern finds. */
import type { FunctionName } from '../events/words.ts';
import { EMPTY } from './stages.testing.ts';
import { ACCOUNT_VARIABLE, deployableStageOf, PLACEHOLDER_ACCOUNT } from './stages.ts';
import { topology } from './topology.ts';
import { operatorRolesOf } from './topology-operators.ts';
import { roleStatementsOf, type Statement } from './topology-permissions.ts';

export const PLACE = { env: 'prod', region: 'us-east-2', accountId: PLACEHOLDER_ACCOUNT, partition: 'aws' };
export const KEY = `arn:aws:kms:us-east-2:${PLACEHOLDER_ACCOUNT}:key/1`;
export const STAGE = deployableStageOf('prod', { [ACCOUNT_VARIABLE]: PLACEHOLDER_ACCOUNT }, EMPTY);
export const OPERATORS = operatorRolesOf(STAGE, PLACE, KEY);

export const statementsOf = (name: FunctionName): Statement[] => {
  const spec = topology.functions.find((one) => one.name === name);
  if (spec === undefined) throw new Error(`${name} is not in the topology`);
  return roleStatementsOf(spec, PLACE, KEY);
};

/** `action resource`, with what bounds the keys of a table. */
export const rights = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ actions, resources, conditions = [] }) => {
    const bounds = conditions.find(({ variable, test }) => variable === 'dynamodb:LeadingKeys' && test !== 'Null');
    return actions.flatMap((action) =>
      resources.flatMap((resource) =>
        (bounds?.values ?? ['']).map((value) => `${action} ${resource.split(':').slice(5).join(':')} ${value}`.trim()),
      ),
    );
  });
export const matching = (statements: readonly Statement[], pattern: RegExp) =>
  rights(statements).filter((right) => pattern.test(right));

export const SECRET = (name: string) => new RegExp(`^secretsmanager:GetSecretValue .*${name}`);
export const RICHPANEL = SECRET('richpanel/api_key');
export const OPENAI = SECRET('openai/api_key');
export const SEAT = SECRET('bot_agent_id');
export const ANY_SECRET = /^secretsmanager:/;
export const RULES = /^events:(PutRule|EnableRule|DisableRule|StartReplay|PutTargets)/;

/** Refuses a deployed stage whose credentials lead elsewhere (platform §1.1): asked before any command with `--target aws` runs. */
import { DescribeEventBusCommand } from '@aws-sdk/client-eventbridge';
import { GetParametersCommand } from '@aws-sdk/client-ssm';
import { STAGE } from '../../local/platform/stage.ts';
import { ACCOUNT_VARIABLE, requirePlace, StageError, stageOf } from '../../stacks/stages.ts';
import type { Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { asking, busClient, parameterClient } from './clients.ts';
import { type Place, placeOf } from './place.ts';

type Expected = { readonly accountId: string; readonly region: string };

/** Does nothing for the instance on this machine. */
export async function requireOwnPlace(context: Context): Promise<void> {
  if (context.target === 'local') return;
  const place = placeOf(context);
  const expected = expectedOf(place.env, context);
  const reached = await whereIs(place);
  try {
    requirePlace({ name: place.env, ...expected }, reached);
  } catch (error) {
    throw asFailure(error, 'wrong_place');
  }
}

/** The emulator on one machine calls itself a stage too; its account is no account. */
function expectedOf(env: string, { variables, stages }: Context): Expected {
  if (env === STAGE.env) return STAGE;
  try {
    const { accountId, region } = stageOf(env, variables, stages);
    if (accountId !== null) return { accountId, region };
  } catch (error) {
    throw asFailure(error, 'unknown_stage');
  }
  throw new Failure(
    'account_unset',
    `no AWS account is named for ${env}, so nothing says whether these credentials lead there`,
    `write its id into stacks/stages.ts, or set ${ACCOUNT_VARIABLE}`,
  );
}

/**
 * Account and region as AWS itself knows them: from the bus, or, while EventBridge is out of order, from a parameter. Each is
 * a service that the kill switch needs anyway, and one of them is enough.
 */
async function whereIs(place: Place): Promise<Expected> {
  const arn = await busArn(place).catch(async (error: unknown) => {
    const parameter = await parameterArn(place).catch(() => undefined);
    if (parameter === undefined) throw error;
    return parameter;
  });
  const [, , , region = '', accountId = ''] = (arn ?? '').split(':');
  if (accountId === '')
    throw new Failure(
      'stage_not_found',
      `the credentials lead to an account that has no stage ${place.env} in ${place.region}`,
      'use credentials of the stage’s account (AWS_PROFILE), or deploy it first (docs/deploy.md)',
    );
  return { region, accountId };
}

async function busArn(place: Place): Promise<string | undefined> {
  const client = busClient(place);
  try {
    return await asking('EventBridge', () =>
      client
        .send(new DescribeEventBusCommand({ Name: place.busName }))
        .then(({ Arn }) => Arn)
        .catch(unlessMissing),
    );
  } finally {
    client.destroy();
  }
}

async function parameterArn(place: Place): Promise<string | undefined> {
  const client = parameterClient(place);
  try {
    const { Parameters = [] } = await asking('Parameter Store', () =>
      client.send(new GetParametersCommand({ Names: [`/frontdesk/${place.env}/safe_mode`] })),
    );
    return Parameters[0]?.ARN;
  } finally {
    client.destroy();
  }
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
  throw error;
}

function asFailure(error: unknown, code: string): unknown {
  if (!(error instanceof StageError)) return error;
  const sentence = `${error.field}: ${error.problem}`;
  return code === 'unknown_stage' ? misuse(code, sentence, error.cure) : new Failure(code, sentence, error.cure);
}

/** The look-ups a deploy makes at AWS, answered; any other is an error, since its answer would be invented. */
import { PARTITION, type Where } from './outputs.ts';

type Args = Readonly<Record<string, unknown>>;

export function answerCall(token: string, args: Args, { region, accountId }: Where): Args {
  switch (token) {
    case 'aws:index/getRegion:getRegion': {
      const asked = typeof args.region === 'string' ? args.region : region;
      return { id: asked, name: asked, region: asked, description: asked, endpoint: `ec2.${asked}.amazonaws.com` };
    }
    case 'aws:index/getPartition:getPartition':
      return { id: PARTITION, partition: PARTITION, dnsSuffix: 'amazonaws.com', reverseDnsPrefix: 'com.amazonaws' };
    case 'aws:index/getCallerIdentity:getCallerIdentity':
      return { id: accountId, accountId, arn: `arn:${PARTITION}:iam::${accountId}:root`, userId: accountId };
    case 'aws:iam/getPolicyDocument:getPolicyDocument':
      return policyDocument(args);
    default:
      throw new Error(`the stacks look up ${token}, which no one answers offline: tools/stacks/calls.ts`);
  }
}

type Principal = { readonly type: string; readonly identifiers: readonly string[] };
type Condition = { readonly test: string; readonly variable: string; readonly values: readonly string[] };
type Statement = {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: readonly Principal[];
  readonly notPrincipals?: readonly Principal[];
  readonly conditions?: readonly Condition[];
};

/** As the provider writes it, but lists stay lists. */
function policyDocument(args: Args): Args {
  const { statements = [] } = args as { statements?: readonly Statement[] };
  const document = { Version: '2012-10-17', Statement: statements.map(statementOf) };
  const json = JSON.stringify(document, null, 2);
  return { id: 'policy', json, minifiedJson: JSON.stringify(document), statements };
}

function statementOf(given: Statement): Args {
  return {
    ...(given.sid !== undefined && { Sid: given.sid }),
    Effect: given.effect ?? 'Allow',
    ...(given.principals && { Principal: principalsOf(given.principals) }),
    ...(given.notPrincipals && { NotPrincipal: principalsOf(given.notPrincipals) }),
    ...(given.actions && { Action: given.actions }),
    ...(given.notActions && { NotAction: given.notActions }),
    ...(given.resources && { Resource: given.resources }),
    ...(given.notResources && { NotResource: given.notResources }),
    ...(given.conditions && given.conditions.length > 0 && { Condition: conditionsOf(given.conditions) }),
  };
}

function principalsOf(principals: readonly Principal[]): unknown {
  const [only] = principals;
  if (principals.length === 1 && only?.type === '*') return '*';
  return Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers]));
}

function conditionsOf(conditions: readonly Condition[]): Args {
  const merged: Record<string, Record<string, readonly string[]>> = {};
  for (const { test, variable, values } of conditions) {
    merged[test] = { ...merged[test], [variable]: [...(merged[test]?.[variable] ?? []), ...values] };
  }
  return merged;
}

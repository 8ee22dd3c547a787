/// <reference path="../../.sst/platform/config.d.ts" />
import type { DeployableStage } from '../stages.ts';
import { ACCESS_LOG, routesOf, THROTTLE } from '../topology-ingress.ts';
import { LIMITS } from '../topology-stage.ts';
import type { Functions } from './functions.ts';

/**
 * The HTTP API before `ingest`. Made of its parts: SST's component writes the path of every request into the access log, and with
 * `url_token` the token is in the path (platform §3.2).
 */
export function createApi(stage: DeployableStage, functions: Functions, key: aws.kms.Key): aws.apigatewayv2.Api {
  const ingest = functions.get('ingest');
  if (ingest === undefined) throw new Error('nothing takes webhooks');
  const api = new aws.apigatewayv2.Api('Api', { name: `frontdesk-${stage.name}`, protocolType: 'HTTP' });
  const integration = new aws.apigatewayv2.Integration('ApiIntegration', {
    apiId: api.id,
    integrationType: 'AWS_PROXY',
    integrationUri: ingest.arn,
    integrationMethod: 'POST',
    payloadFormatVersion: '2.0',
  });
  for (const route of routesOf(stage)) {
    new aws.apigatewayv2.Route(`Route-${route.replaceAll(/[^A-Za-z]+/g, '-').replace(/-$/, '')}`, {
      apiId: api.id,
      routeKey: route,
      // Who sent it is judged by `ingest`, in one of five ways (platform §3.2).
      authorizationType: 'NONE',
      target: $util.interpolate`integrations/${integration.id}`,
    });
  }
  const log = new aws.cloudwatch.LogGroup('ApiLog', {
    name: `/aws/apigateway/frontdesk-${stage.name}`,
    retentionInDays: LIMITS.logRetentionDays,
    kmsKeyId: key.arn,
  });
  new aws.apigatewayv2.Stage('ApiStage', {
    apiId: api.id,
    name: '$default',
    autoDeploy: true,
    defaultRouteSettings: THROTTLE,
    accessLogSettings: { destinationArn: log.arn, format: JSON.stringify(ACCESS_LOG) },
  });
  new aws.lambda.Permission('ApiPermission', {
    action: 'lambda:InvokeFunction',
    function: ingest.name,
    principal: 'apigateway.amazonaws.com',
    sourceArn: $util.interpolate`${api.executionArn}/*/*`,
  });
  return api;
}

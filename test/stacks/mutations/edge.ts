/** How the way in may be left open. */
import { add, edit, type Mutation, type Properties } from './mutation.ts';

export const EDGE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'another route',
    breaks: 'only-webhooks-come-in',
    change: (draft) => add(draft, 'aws:apigatewayv2/route:Route', 'more', { routeKey: '$default' }),
  },
  {
    name: 'route past ingest',
    breaks: 'webhooks-reach-ingest-alone',
    change: (draft) =>
      edit(draft, 'apigatewayv2.Integration', /./, (integration) => {
        integration.integrationUri = integration.integrationUri.replace('ingest', 'responder-reply');
      }),
  },
  {
    name: 'throttle dropped',
    breaks: 'the-edge-is-throttled',
    change: (draft) => edit(draft, 'apigatewayv2.Stage', /./, (stage) => delete stage.defaultRouteSettings),
  },
  {
    name: 'path in the access log',
    breaks: 'the-access-log-says-nothing-private',
    change: (draft) =>
      edit(draft, 'apigatewayv2.Stage', /./, ({ accessLogSettings }) => {
        accessLogSettings.format = '{"path":"$context.path"}';
      }),
  },
  {
    name: 'firewall not attached',
    breaks: 'production-is-behind-a-firewall',
    stage: 'prod',
    change: (draft) => edit(draft, 'cloudfront.Distribution', /./, (distribution) => delete distribution.webAclId),
  },
  {
    name: 'rate rule counts only',
    breaks: 'the-firewall-counts-by-sender',
    stage: 'prod',
    change: (draft) =>
      edit(draft, 'wafv2.WebAcl', /./, ({ rules }) => {
        for (const rule of rules as Properties[])
          if (rule.statement.rateBasedStatement !== undefined) rule.action = { count: {} };
      }),
  },
  {
    name: 'plain HTTP',
    breaks: 'the-edge-speaks-tls',
    stage: 'prod',
    change: (draft) =>
      edit(draft, 'cloudfront.Distribution', /./, ({ defaultCacheBehavior }) => {
        defaultCacheBehavior.viewerProtocolPolicy = 'allow-all';
      }),
  },
  {
    name: 'facts to another bucket',
    breaks: 'exports-stay-in-the-stage',
    stage: 'staging',
    change: (draft) =>
      edit(draft, 'kinesis.FirehoseDeliveryStream', /./, ({ extendedS3Configuration }) => {
        extendedS3Configuration.bucketArn = 'arn:aws:s3:::elsewhere';
      }),
  },
];

/** The way in (platform §1.2, §3.1–3.3, §4.2 T4). */
import { all, at, lastOf, nameOf, text } from '../query.ts';
import type { Assertion } from './assertion.ts';

export const EDGE: readonly Assertion[] = [
  {
    name: 'only-webhooks-come-in',
    spec: 'platform §3.1',
    problems: ({ graph }) =>
      all(graph, 'apigatewayv2.Route')
        .filter(
          ({ properties }) => !/^POST \/(webhook(\/\{token\})?|richpanel\/inbound)$/.test(text(properties, 'routeKey')),
        )
        .map(({ properties }) => `${text(properties, 'routeKey')} is open`),
  },
  {
    name: 'webhooks-reach-ingest-alone',
    spec: 'platform §1.3',
    problems: ({ graph }) =>
      all(graph, 'apigatewayv2.Integration')
        .filter(
          ({ properties }) => !text(properties, 'integrationUri').includes(`function:frontdesk-${graph.stage}-ingest`),
        )
        .map(({ name }) => `${name} leads past ingest`),
  },
  {
    name: 'the-edge-is-throttled',
    spec: 'platform §3.3',
    problems: ({ graph }) =>
      all(graph, 'apigatewayv2.Stage')
        .filter(
          ({ properties }) =>
            at(properties, 'defaultRouteSettings', 'throttlingRateLimit') !== 20 ||
            at(properties, 'defaultRouteSettings', 'throttlingBurstLimit') !== 50,
        )
        .map(({ name }) => `${name} lets more than 20 a second in, or 50 at once`),
  },
  {
    name: 'the-access-log-says-nothing-private',
    spec: 'platform §3.2, §4.4',
    problems: ({ graph }) =>
      all(graph, 'apigatewayv2.Stage')
        .filter(({ properties }) =>
          /context\.(path|identity|authorizer)|querystring|header/i.test(
            text(properties, 'accessLogSettings', 'format'),
          ),
        )
        .map(({ name }) => `${name} writes down a path, a query, a header or an address`),
  },
  {
    name: 'production-is-behind-a-firewall',
    spec: 'platform §1.2',
    problems: ({ graph }) => {
      if (graph.stage !== 'prod') return [];
      const acls = all(graph, 'wafv2.WebAcl').map(nameOf);
      const guarded = all(graph, 'cloudfront.Distribution').filter(({ properties }) =>
        acls.some((name) => text(properties, 'webAclId').includes(`/webacl/${name}/`)),
      );
      return guarded.length > 0 ? [] : ['nothing stands before the API'];
    },
  },
  {
    name: 'the-firewall-counts-by-sender',
    spec: 'platform §4.2 T4',
    problems: ({ graph }) =>
      all(graph, 'wafv2.WebAcl')
        .filter(
          ({ properties }) =>
            !(properties.rules as object[]).some(
              (rule) =>
                at(rule, 'statement', 'rateBasedStatement', 'limit') !== undefined &&
                at(rule, 'action', 'block') !== undefined,
            ),
        )
        .map((acl) => `${nameOf(acl)} blocks nobody, however often they come`),
  },
  {
    name: 'the-edge-speaks-tls',
    spec: 'platform §3.3, §4.6',
    problems: ({ graph }) =>
      all(graph, 'cloudfront.Distribution')
        .filter(({ properties }) => text(properties, 'defaultCacheBehavior', 'viewerProtocolPolicy') === 'allow-all')
        .map(({ name }) => `${name} speaks without TLS`),
  },
  {
    name: 'exports-stay-in-the-stage',
    spec: 'platform §6.8',
    problems: ({ graph }) =>
      all(graph, 'kinesis.FirehoseDeliveryStream')
        .filter(
          ({ properties }) =>
            !lastOf(text(properties, 'extendedS3Configuration', 'bucketArn')).startsWith(
              `frontdesk-analytics-${graph.stage}`,
            ),
        )
        .map((stream) => `${nameOf(stream)} writes elsewhere`),
  },
];

/// <reference path="../../.sst/platform/config.d.ts" />
import type { DeployableStage } from '../stages.ts';
import { COMMON_RULES, RATE_RULE } from '../topology-ingress.ts';
import { tagsOf } from '../topology-tags.ts';

/** CloudFront's own things live there, whatever the stage's region. */
const EDGE_REGION = 'us-east-1';

/** CloudFront with a web ACL before the API; WAF does not attach to HTTP APIs (platform §1.2). */
export function createEdge(stage: DeployableStage, api: aws.apigatewayv2.Api): aws.cloudfront.Distribution | undefined {
  if (stage.edge === 'api') return undefined;
  const name = `frontdesk-${stage.name}`;
  const acl = createAcl(stage, name);
  const nothingKept = new aws.cloudfront.CachePolicy('EdgeCache', {
    name: `${name}-nothing`,
    minTtl: 0,
    defaultTtl: 0,
    maxTtl: 0,
    parametersInCacheKeyAndForwardedToOrigin: {
      cookiesConfig: { cookieBehavior: 'none' },
      headersConfig: { headerBehavior: 'none' },
      queryStringsConfig: { queryStringBehavior: 'none' },
    },
  });
  const allHandedOn = new aws.cloudfront.OriginRequestPolicy('EdgeRequest', {
    name: `${name}-all-but-host`,
    cookiesConfig: { cookieBehavior: 'none' },
    // The API answers to its own host name only.
    headersConfig: { headerBehavior: 'allExcept', headers: { items: ['Host'] } },
    queryStringsConfig: { queryStringBehavior: 'all' },
  });
  return new aws.cloudfront.Distribution('Edge', {
    comment: `Webhooks of ${name}`,
    enabled: true,
    httpVersion: 'http2',
    priceClass: 'PriceClass_100',
    webAclId: acl.arn,
    // No logs of its own: they hold path and query, where a token can be.
    origins: [
      {
        originId: 'api',
        domainName: api.apiEndpoint.apply((endpoint) => endpoint.replace('https://', '')),
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: 'https-only',
          originSslProtocols: ['TLSv1.2'],
        },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: 'api',
      viewerProtocolPolicy: 'https-only',
      // CloudFront takes POST only together with all others; the API has no other route.
      allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
      cachedMethods: ['GET', 'HEAD'],
      cachePolicyId: nothingKept.id,
      originRequestPolicyId: allHandedOn.id,
    },
    restrictions: { geoRestriction: { restrictionType: 'none' } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  });
}

function createAcl(stage: DeployableStage, name: string): aws.wafv2.WebAcl {
  // Samples hold headers, and a header holds the token.
  const seen = (metricName: string) => ({
    metricName: `${name}-${metricName}`,
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: false,
  });
  return new aws.wafv2.WebAcl('EdgeAcl', {
    region: EDGE_REGION,
    name,
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: seen('all'),
    rules: [
      {
        name: 'rate',
        priority: 0,
        action: { block: {} },
        statement: {
          rateBasedStatement: {
            limit: RATE_RULE.requests,
            evaluationWindowSec: RATE_RULE.windowSeconds,
            aggregateKeyType: 'IP',
          },
        },
        visibilityConfig: seen('rate'),
      },
      {
        name: 'common',
        priority: 1,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: {
            name: COMMON_RULES.name,
            vendorName: COMMON_RULES.vendorName,
            ruleActionOverrides: COMMON_RULES.counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
          },
        },
        visibilityConfig: seen('common'),
      },
    ],
    tags: tagsOf(stage),
  });
}

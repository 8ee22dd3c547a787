/** The way in, as components: the API that takes webhooks, and what stands before it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { at, of, recordStages } from './topology-sst.testing.ts';

beforeAll(recordStages);

describe('sst.config.ts', () => {
  it('lets webhooks in through a throttled API, whose log holds neither path nor header', () => {
    expect(of('aws.apigatewayv2.Route').map(({ args }) => args.routeKey)).toEqual([
      'POST /webhook',
      'POST /richpanel/inbound',
    ]);
    const [stage] = of('aws.apigatewayv2.Stage');
    expect(stage?.args.defaultRouteSettings).toEqual({ throttlingRateLimit: 20, throttlingBurstLimit: 50 });
    const format = String(at(stage?.args, 'accessLogSettings', 'format'));
    expect(format).not.toMatch(/context\.(path|identity|requestOverride|http)|header|query/i);
  });

  it('puts CloudFront and a web ACL before it in production alone, and samples no request', () => {
    expect(of('aws.cloudfront.Distribution')).toEqual([]);
    expect(of('aws.cloudfront.Distribution', 'prod')[0]?.args).toMatchObject({ webAclId: 'arn-of:EdgeAcl' });
    const [acl] = of('aws.wafv2.WebAcl', 'prod');
    expect(acl?.args).toMatchObject({ region: 'us-east-1', scope: 'CLOUDFRONT' });
    const seen = JSON.stringify(acl?.args).match(/"sampledRequestsEnabled":(true|false)/g);
    expect(seen).toEqual(Array(3).fill('"sampledRequestsEnabled":false'));
    expect(of('aws.wafv2.WebAclLoggingConfiguration', 'prod')).toEqual([]);
  });
});

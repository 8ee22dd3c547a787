/** The way in: API, CloudFront and web ACL. */
import type { Place } from '../topology-names.ts';
import type { Statement } from '../topology-permissions.ts';
import { namesIn, of } from './actions.ts';

export function edgeStatementsOf(place: Place): Statement[] {
  const { env, region, accountId, partition } = place;
  const { edge } = namesIn(place);
  return [
    // API Gateway's actions are the verbs of its own API.
    {
      actions: of('apigateway', 'DELETE', 'GET', 'PATCH', 'POST', 'PUT', 'TagResource', 'UntagResource'),
      resources: ['apis', 'apis/*', 'tags/*'].map((path) => `arn:${partition}:apigateway:${region}::/${path}`),
    },
    {
      actions: of(
        'cloudfront',
        ...[
          'CreateCachePolicy',
          'CreateDistribution',
          'CreateOriginRequestPolicy',
          'DeleteCachePolicy',
          'DeleteDistribution',
        ],
        ...[
          'DeleteOriginRequestPolicy',
          'GetCachePolicy',
          'GetDistribution',
          'GetOriginRequestPolicy',
          'ListTagsForResource',
        ],
        ...['TagResource', 'UntagResource', 'UpdateCachePolicy', 'UpdateDistribution', 'UpdateOriginRequestPolicy'],
      ),
      resources: ['distribution/*', 'cache-policy/*', 'origin-request-policy/*'].map((path) =>
        edge('cloudfront', path),
      ),
    },
    {
      actions: of(
        'wafv2',
        'CreateWebACL',
        'DeleteWebACL',
        'GetWebACL',
        'ListTagsForResource',
        'TagResource',
        'UntagResource',
        'UpdateWebACL',
      ),
      resources: [
        `arn:${partition}:wafv2:us-east-1:${accountId}:global/webacl/frontdesk-${env}/*`,
        `arn:${partition}:wafv2:us-east-1:${accountId}:global/managedruleset/*/*`,
      ],
    },
  ];
}

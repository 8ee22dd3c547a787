/** Functions, what feeds and calls them by the clock, and the traces they take. */
import type { Place } from '../topology-names.ts';
import type { Statement } from '../topology-permissions.ts';
import { namesIn, of } from './actions.ts';

export function functionsStatementsOf(place: Place): Statement[] {
  const { env } = place;
  const { arn, named } = namesIn(place);
  return [
    {
      actions: of(
        'lambda',
        ...['AddPermission', 'CreateFunction', 'DeleteFunction', 'DeleteFunctionConcurrency'],
        ...['DeleteFunctionEventInvokeConfig', 'GetFunction', 'GetFunctionCodeSigningConfig', 'GetFunctionConcurrency'],
        ...['GetFunctionConfiguration', 'GetFunctionEventInvokeConfig', 'GetFunctionRecursionConfig', 'GetPolicy'],
        ...['ListTags', 'ListVersionsByFunction', 'PutFunctionConcurrency', 'PutFunctionEventInvokeConfig'],
        ...['PutFunctionRecursionConfig', 'RemovePermission', 'TagResource', 'UntagResource', 'UpdateFunctionCode'],
        ...['UpdateFunctionConfiguration', 'UpdateFunctionEventInvokeConfig'],
      ),
      resources: [named('lambda', 'function:')],
    },
    {
      actions: of('lambda', 'CreateEventSourceMapping', 'DeleteEventSourceMapping', 'UpdateEventSourceMapping'),
      resources: ['*'],
      conditions: [{ test: 'ArnLike', variable: 'lambda:FunctionArn', values: [named('lambda', 'function:')] }],
    },
    { actions: of('lambda', 'GetEventSourceMapping', 'ListEventSourceMappings'), resources: ['*'] },
    // The stage's tags are on mappings too, and AWS names those by an id of its own.
    {
      actions: of('lambda', 'ListTags', 'TagResource', 'UntagResource'),
      resources: [arn('lambda', 'event-source-mapping:*')],
    },
    {
      actions: of('scheduler', 'CreateSchedule', 'DeleteSchedule', 'GetSchedule', 'UpdateSchedule'),
      resources: [arn('scheduler', `schedule/default/frontdesk-${env}-*`)],
    },
    {
      actions: of(
        'xray',
        'CreateSamplingRule',
        'DeleteSamplingRule',
        'UpdateSamplingRule',
        'TagResource',
        'UntagResource',
        'ListTagsForResource',
      ),
      resources: [arn('xray', `sampling-rule/frontdesk-${env}`)],
    },
    { actions: of('xray', 'GetSamplingRules'), resources: ['*'] },
  ];
}

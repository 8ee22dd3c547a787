/** Metrics of AWS's own that alarms and dashboards read: what AWS counts already is not counted again (platform §6.3). */
export const NATIVE_METRICS = {
  'AWS/Lambda': [
    'Invocations',
    'Errors',
    'Throttles',
    'Duration',
    'ConcurrentExecutions',
    'AsyncEventAge',
    'AsyncEventsDropped',
    'DestinationDeliveryFailures',
  ],
  'AWS/Events': ['Invocations', 'FailedInvocations', 'InvocationsSentToDlq', 'ThrottledRules'],
  'AWS/ApiGateway': ['Count', '4xx', '5xx', 'Latency'],
  'AWS/DynamoDB': ['ReadThrottleEvents', 'WriteThrottleEvents', 'SystemErrors'],
  'AWS/SQS': ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
  'AWS/WAFV2': ['BlockedRequests'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type NativeNamespace = keyof typeof NATIVE_METRICS;
export type NativeMetric<N extends NativeNamespace> = (typeof NATIVE_METRICS)[N][number];

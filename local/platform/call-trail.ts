/** Stands in for CloudTrail: says on nobody's bus, but to who listens, that an operation of AWS was asked for. */
import type { HeardEvent } from '../alarms/event-alarms.ts';
import type { AwsOperation } from '../aws/service.ts';

export type CallTrail = {
  /** The same operation; what it grants is told. @param service  as in `events.amazonaws.com` */
  around(service: string, name: string, operation: AwsOperation): AwsOperation;
  /** Answers how to stop listening. */
  listen(listener: (call: HeardEvent) => void): () => void;
};

export function createCallTrail(): CallTrail {
  const listeners = new Set<(call: HeardEvent) => void>();
  return {
    around: (service, name, operation) => async (input) => {
      const answer = await operation(input);
      const call: HeardEvent = {
        source: `aws.${service}`,
        'detail-type': 'AWS API Call via CloudTrail',
        detail: {
          eventSource: `${service}.amazonaws.com`,
          eventName: name,
          requestParameters: inCloudTrailsCase(input),
        },
      };
      for (const listener of listeners) listener(call);
      return answer;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** `FilterArns` → `filterArns`, all the way down. */
function inCloudTrailsCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCloudTrailsCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
      inCloudTrailsCase(inner),
    ]),
  );
}

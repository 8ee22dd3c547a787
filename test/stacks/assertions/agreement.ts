/** AWS and one machine run the same rules (architecture §3). */
import { isDeepStrictEqual } from 'node:util';
import { all, lastOf, nameOf, text } from '../query.ts';
import type { Assertion } from './assertion.ts';

export const AGREEMENT: readonly Assertion[] = [
  {
    name: 'rules-are-those-of-one-machine',
    spec: 'architecture §3',
    problems: ({ graph, topology }) =>
      topology.rules.flatMap((spec) => {
        const name = spec.bus === 'default' ? `frontdesk-${graph.stage}-${spec.name}` : spec.name;
        const rule = all(graph, 'cloudwatch.EventRule').find((one) => nameOf(one) === name);
        const [target] = all(graph, 'cloudwatch.EventTarget').filter(
          ({ properties }) => text(properties, 'rule') === name,
        );
        if (rule === undefined || target === undefined) return [`${name} runs on one machine only`];
        const { maximumEventAgeInSeconds, maximumRetryAttempts } = (target.properties.retryPolicy ?? {}) as Record<
          string,
          number
        >;
        const differences = [
          isDeepStrictEqual(rule.properties.eventPattern, spec.pattern) ? '' : 'pattern',
          lastOf(text(target.properties, 'arn')) === `frontdesk-${graph.stage}-${spec.target}` ? '' : 'target',
          maximumEventAgeInSeconds === spec.retry.maxAgeSeconds && maximumRetryAttempts === spec.retry.attempts
            ? ''
            : 'retries',
        ].filter((one) => one !== '');
        return differences.map((one) => `${name}: another ${one} than on one machine`);
      }),
  },
  {
    name: 'functions-run-as-on-one-machine',
    spec: 'architecture §3',
    problems: ({ graph, topology }) =>
      topology.functions.flatMap((spec) => {
        const one = all(graph, 'lambda.Function').find(
          (found) => nameOf(found) === `frontdesk-${graph.stage}-${spec.name}`,
        );
        const config = all(graph, 'lambda.FunctionEventInvokeConfig').find(
          (found) => nameOf(found) === `frontdesk-${graph.stage}-${spec.name}`,
        );
        const same =
          one?.properties.timeout === spec.timeoutSeconds &&
          one.properties.memorySize === spec.memoryMb &&
          config?.properties.maximumRetryAttempts === spec.async.retries &&
          config.properties.maximumEventAgeInSeconds === spec.async.maxAgeSeconds;
        return same ? [] : [`${spec.name} runs with other limits than on one machine`];
      }),
  },
];

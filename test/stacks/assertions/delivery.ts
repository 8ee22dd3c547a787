/** How events get to functions, and where they go when they cannot (platform §5.3, §11.4, §11.5). */
import { isDeepStrictEqual } from 'node:util';
import type { Graph, Resource } from '../../../tools/stacks/graph.ts';
import { covers, statementsOf } from '../policies.ts';
import { all, asList, at, lastOf, nameOf, text } from '../query.ts';
import type { Assertion } from './assertion.ts';

const REFUSES_REPLAYS = [{ exists: false }];

export const DELIVERY: readonly Assertion[] = [
  {
    name: 'targets-retry',
    spec: 'platform §5.3',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.EventTarget')
        .filter(({ properties }) => {
          const { maximumEventAgeInSeconds: age, maximumRetryAttempts: attempts } = (properties.retryPolicy ??
            {}) as Retry;
          return !(Number(age) >= 60 && Number(attempts) >= 1);
        })
        .map((target) => `${nameOf(target)}: its target says not how often and how long it is tried`),
  },
  {
    name: 'targets-keep-dead-letters',
    spec: 'platform §5.3',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.EventTarget')
        .filter(({ properties }) => queueOf(graph, text(properties, 'deadLetterConfig', 'arn')) === undefined)
        .map((target) => `${nameOf(target)}: what cannot be delivered goes to no queue of the stage`),
  },
  {
    name: 'dead-letter-queues-admit-their-rules',
    spec: 'platform §4.5',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.EventTarget').flatMap((target) => {
        const queue = queueOf(graph, text(target.properties, 'deadLetterConfig', 'arn'));
        const rule = ruleOf(graph, target);
        if (queue === undefined || rule === undefined) return [];
        return admittedTo(graph, queue).some((arn) => covers(arn, ruleArn(graph, rule)))
          ? []
          : [`${nameOf(queue)} does not admit EventBridge for the rule ${nameOf(rule)}`];
      }),
  },
  {
    name: 'dead-letter-queues-admit-nobody-else',
    spec: 'platform §4.5',
    problems: ({ graph }) =>
      all(graph, 'sqs.QueuePolicy').flatMap(({ name, properties }) =>
        statementsOf(properties.policy)
          .filter(({ effect }) => effect === 'Allow')
          .filter(
            ({ principals, actions, conditions }) =>
              !isDeepStrictEqual(principals, ['events.amazonaws.com']) ||
              !isDeepStrictEqual(actions, ['sqs:SendMessage']) ||
              !sourcesIn(conditions).every((arn) => isOfStage(graph, arn)) ||
              sourcesIn(conditions).length === 0,
          )
          .map(() => `${name}: more than EventBridge's dead letters for named rules may be put there`),
      ),
  },
  {
    name: 'functions-have-failure-queues',
    spec: 'platform §5.3',
    problems: ({ graph }) =>
      all(graph, 'lambda.Function').flatMap((one) => {
        const config = all(graph, 'lambda.FunctionEventInvokeConfig').find((found) => nameOf(found) === nameOf(one));
        const destination = text(config?.properties, 'destinationConfig', 'onFailure', 'destination');
        return queueOf(graph, destination) === undefined
          ? [`${nameOf(one)}: what it cannot finish goes to no queue`]
          : [];
      }),
  },
  {
    name: 'live-rules-refuse-replays',
    spec: 'platform §5.3, §11.4',
    problems: ({ graph }) =>
      ourRules(graph)
        .filter((rule) => !isTwin(rule) && !isDeepStrictEqual(replayName(rule), REFUSES_REPLAYS))
        .map((rule) => `${nameOf(rule)}: a live rule that a replay reaches`),
  },
  {
    name: 'twins-take-one-purpose',
    spec: 'platform §11.4, §11.5',
    problems: ({ graph }) =>
      ourRules(graph)
        .filter(isTwin)
        .filter((rule) => !/^\[\{"prefix":"(recovery|rebuild|backfill)-"\}\]$/.test(JSON.stringify(replayName(rule))))
        .map((rule) => `${nameOf(rule)}: a twin takes the replays of one purpose`),
  },
  {
    name: 'twins-are-enabled',
    spec: 'platform §5.3',
    problems: ({ graph }) =>
      ourRules(graph)
        .filter((rule) => isTwin(rule) && text(rule.properties, 'state') === 'DISABLED')
        .map((rule) => `${nameOf(rule)}: a twin that is off hears no replay`),
  },
  {
    name: 'twins-hear-what-their-rule-hears',
    spec: 'platform §11.4',
    problems: ({ graph }) =>
      ourRules(graph)
        .filter(isTwin)
        .flatMap((twin) => {
          const live = ourRules(graph).find((rule) => nameOf(rule) === nameOf(twin).replace(/-replay$/, ''));
          const targets = [twin, live].map((rule) =>
            rule ? targetsOf(graph, rule).map(({ properties }) => properties.arn) : [],
          );
          const same =
            live !== undefined &&
            isDeepStrictEqual(withoutReplay(twin), withoutReplay(live)) &&
            isDeepStrictEqual(...(targets as [unknown, unknown]));
          return same ? [] : [`${nameOf(twin)} and its live rule differ in more than the replays they take`];
        }),
  },
  {
    name: 'replays-reach-no-sender',
    spec: 'platform §11.5',
    problems: ({ graph }) =>
      ourRules(graph)
        .filter(isTwin)
        .flatMap((rule) => targetsOf(graph, rule))
        .filter(({ properties }) => lastOf(text(properties, 'arn')) === `frontdesk-${graph.stage}-responder-reply`)
        .map((target) => `${nameOf(target)}: a replay would reach the function that sends`),
  },
  {
    name: 'sender-hears-nothing-derived',
    spec: 'platform §11.4',
    problems: ({ graph }) =>
      ourRules(graph)
        .filter((rule) =>
          targetsOf(graph, rule).some(({ properties }) => text(properties, 'arn').endsWith('-responder-reply')),
        )
        .filter((rule) => !isTwin(rule))
        .filter(
          ({ properties }) =>
            !isDeepStrictEqual(at(properties, 'eventPattern', 'detail', 'metadata', 'replay', 'name'), REFUSES_REPLAYS),
        )
        .map((rule) => `${nameOf(rule)}: an approval that a replay led to would reach the function that sends`),
  },
  {
    name: 'rules-have-a-target',
    spec: 'platform §11.4',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.EventRule')
        .filter((rule) => targetsOf(graph, rule).length !== 1)
        .map((rule) => `${nameOf(rule)} has ${targetsOf(graph, rule).length} targets, not one`),
  },
  {
    name: 'targets-have-their-rule',
    spec: 'platform §11.4',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.EventTarget')
        .filter((target) => ruleOf(graph, target) === undefined)
        .map((target) => `${nameOf(target)}: nothing leads to its target`),
  },
  {
    name: 'targets-exist',
    spec: 'platform §11.4',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.EventTarget')
        .filter(({ properties }) => text(properties, 'arn').includes(':lambda:'))
        .filter(
          ({ properties }) =>
            !all(graph, 'lambda.Function').some((one) => nameOf(one) === lastOf(text(properties, 'arn'))),
        )
        .map((target) => `${nameOf(target)} leads to a function that is not deployed`),
  },
  {
    name: 'rules-may-run-their-function',
    spec: 'platform §11.4',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.EventTarget')
        .filter(({ properties }) => text(properties, 'arn').includes(':lambda:'))
        .flatMap((target) => {
          const rule = ruleOf(graph, target);
          const may = all(graph, 'lambda.Permission').some(
            ({ properties }) =>
              rule !== undefined &&
              text(properties, 'sourceArn') === ruleArn(graph, rule) &&
              lastOf(text(properties, 'function')) === lastOf(text(target.properties, 'arn')),
          );
          return may ? [] : [`${nameOf(target)}: its rule may not run the function`];
        }),
  },
  {
    name: 'functions-are-run-by-named-sources',
    spec: 'platform §4.5',
    problems: ({ graph }) =>
      all(graph, 'lambda.Permission')
        .filter(
          ({ properties }) =>
            !text(properties, 'principal').endsWith('.amazonaws.com') || text(properties, 'sourceArn') === '',
        )
        .map(({ name }) => `${name}: anybody may run the function`),
  },
  {
    name: 'later-queues-feed-their-function',
    spec: 'platform §5.3',
    problems: ({ graph }) =>
      all(graph, 'lambda.EventSourceMapping').flatMap(({ name, properties }) => {
        const fn = text(properties, 'functionName');
        return text(properties, 'eventSourceArn').endsWith(`:${fn}-later`) && properties.batchSize === 1
          ? []
          : [`${name}: a function is fed one at a time, from its own queue`];
      }),
  },
  {
    name: 'no-maximum-beside-a-single-reservation',
    spec: 'reference/sst-offline',
    problems: ({ graph }) =>
      all(graph, 'lambda.EventSourceMapping')
        .filter(({ properties }) => at(properties, 'scalingConfig', 'maximumConcurrency') !== undefined)
        .map(({ name }) => `${name}: two at least is the least maximum, and its function has one place`),
  },
  {
    name: 'later-queues-never-give-up',
    spec: 'architecture §10 ruling 32',
    problems: ({ graph }) =>
      all(graph, 'sqs.Queue')
        .filter((queue) => nameOf(queue).endsWith('-later') && queue.properties.redrivePolicy !== undefined)
        .map((queue) => `${nameOf(queue)}: what is parked would be taken for dead`),
  },
  {
    name: 'parked-work-is-not-seen-twice',
    spec: 'platform §5.3',
    problems: ({ graph }) =>
      all(graph, 'lambda.EventSourceMapping').flatMap(({ properties }) => {
        const queue = queueOf(graph, text(properties, 'eventSourceArn'));
        const fn = all(graph, 'lambda.Function').find((one) => nameOf(one) === text(properties, 'functionName'));
        const hidden = Number(queue?.properties.visibilityTimeoutSeconds ?? 30);
        return hidden >= 6 * Number(fn?.properties.timeout)
          ? []
          : [`${text(properties, 'functionName')}: what it works on is seen again too soon`];
      }),
  },
  {
    name: 'queues-keep-14-days',
    spec: 'platform §2.6',
    problems: ({ graph }) =>
      all(graph, 'sqs.Queue')
        .filter(({ properties }) => properties.messageRetentionSeconds !== 14 * 86_400)
        .map((queue) => `${nameOf(queue)} keeps ${String(queue.properties.messageRetentionSeconds)} s, not 14 days`),
  },
];

type Retry = { readonly maximumEventAgeInSeconds?: number; readonly maximumRetryAttempts?: number };

function queueOf(graph: Graph, arn: string): Resource | undefined {
  return all(graph, 'sqs.Queue').find((queue) => arn.includes(':sqs:') && nameOf(queue) === lastOf(arn));
}

/** A rule of the stage or its bus; a star may stand behind the stage's name alone. */
function isOfStage({ region, accountId, stage }: Graph, arn: string): boolean {
  return ['rule', 'event-bus'].some((kind) =>
    arn.startsWith(`arn:aws:events:${region}:${accountId}:${kind}/frontdesk-${stage}`),
  );
}

/** Rules on our bus. */
export function ourRules(graph: Graph): Resource[] {
  return all(graph, 'cloudwatch.EventRule').filter((rule) => busOf(rule) === `frontdesk-${graph.stage}`);
}

function busOf({ properties }: Resource): string {
  return lastOf(text(properties, 'eventBusName')) || 'default';
}

function ruleOf(graph: Graph, { properties }: Resource): Resource | undefined {
  return all(graph, 'cloudwatch.EventRule').find((rule) => nameOf(rule) === text(properties, 'rule'));
}

function ruleArn({ region, accountId }: Graph, rule: Resource): string {
  const path = busOf(rule) === 'default' ? nameOf(rule) : `${busOf(rule)}/${nameOf(rule)}`;
  return `arn:aws:events:${region}:${accountId}:rule/${path}`;
}

export function targetsOf(graph: Graph, rule: Resource): Resource[] {
  return all(graph, 'cloudwatch.EventTarget').filter(({ properties }) => text(properties, 'rule') === nameOf(rule));
}

function admittedTo(graph: Graph, queue: Resource): string[] {
  return all(graph, 'sqs.QueuePolicy')
    .filter(({ properties }) => lastOf(text(properties, 'queueUrl')) === nameOf(queue))
    .flatMap(({ properties }) => statementsOf(properties.policy))
    .filter(({ effect, actions }) => effect === 'Allow' && actions.includes('sqs:SendMessage'))
    .flatMap(({ conditions }) => sourcesIn(conditions));
}

function sourcesIn(conditions: unknown): string[] {
  return ['ArnEquals', 'StringEquals', 'ArnLike', 'StringLike'].flatMap((test) => [
    ...asList(at(conditions, test, 'aws:SourceArn') as string | string[] | undefined),
  ]);
}

export const isTwin = (rule: Resource): boolean => nameOf(rule).endsWith('-replay');

function replayName({ properties }: Resource): unknown {
  return at(properties, 'eventPattern', 'replay-name');
}

function withoutReplay({ properties }: Resource): unknown {
  const { 'replay-name': _, ...rest } = (properties.eventPattern ?? {}) as Record<string, unknown>;
  return rest;
}

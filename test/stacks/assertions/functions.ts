/** What runs, and with how much (platform §1.2, §1.3, §2.6). */
import { ENVIRONMENT } from '../../../functions/shared/environment.ts';
import { all, asList, at, nameOf, text } from '../query.ts';
import type { Assertion } from './assertion.ts';

/** The cap that protects vendors, and the steps of its ramp (platform §1.3). */
const VENDOR_FACING = ['classify', 'order-lookup', 'verify', 'responder-route', 'responder-reply', 'responder-settle'];
const STEPS = [6, 8, 10];
/** Lambda leaves so many executions to whoever reserves none. */
const UNRESERVED = 100;

/** What a stage may set (platform §1.4): of the one declared list, and SST's own for links, of which there is none. */
const SETTABLE: readonly string[] = [
  ...ENVIRONMENT.filter(({ setBy }) => setBy === 'stacks' || setBy === 'stage').map(({ name }) => name),
  // A stub in place of the vendor, where a stage has one (platform §1.1).
  'RICHPANEL_BASE_URL',
  'SST_KEY',
  'SST_KEY_FILE',
  'SST_RESOURCE_App',
];

export const FUNCTIONS: readonly Assertion[] = [
  {
    name: 'handlers-exist',
    spec: 'reference/sst-offline',
    problems: ({ graph }) =>
      all(graph, 'lambda.Function').flatMap((one) => {
        const [file, exported = ''] = text(one.properties, 'handler').split('.');
        const short = nameOf(one).replace(`frontdesk-${graph.stage}-`, '');
        const bundle = graph.bundles.find(({ folder }) => folder.endsWith(`/${short}`));
        return file === 'index' && bundle?.exports.includes(exported)
          ? []
          : [`${nameOf(one)}: no bundle has ${text(one.properties, 'handler')}`];
      }),
  },
  {
    name: 'code-is-uploaded',
    spec: 'reference/sst-offline',
    problems: ({ graph }) => {
      const keys = all(graph, 's3.BucketObjectv2').map(({ properties }) => text(properties, 'key'));
      return all(graph, 'lambda.Function')
        .filter(({ properties }) => !keys.includes(text(properties, 's3Key')))
        .map((one) => `${nameOf(one)} runs code that is not uploaded`);
    },
  },
  {
    name: 'reservations-fit-the-quota',
    spec: 'platform §1.3; reference/sst-offline',
    problems: ({ graph, accountConcurrency }) => {
      const sum = all(graph, 'lambda.Function').reduce(
        (total, { properties }) => total + Number(properties.reservedConcurrentExecutions ?? 0),
        0,
      );
      return sum <= accountConcurrency - UNRESERVED
        ? []
        : [`${sum} are reserved of ${accountConcurrency}, which must leave ${UNRESERVED}`];
    },
  },
  {
    name: 'vendors-are-pressed-by-ten-at-most',
    spec: 'platform §1.3',
    problems: ({ graph }) => {
      const facing = all(graph, 'lambda.Function').filter((one) =>
        VENDOR_FACING.some((name) => nameOf(one) === `frontdesk-${graph.stage}-${name}`),
      );
      const sum = facing.reduce(
        (total, { properties }) => total + Number(properties.reservedConcurrentExecutions ?? Number.POSITIVE_INFINITY),
        0,
      );
      return STEPS.includes(sum) ? [] : [`${sum} at a time press on vendors, not ${STEPS.join(', ')}`];
    },
  },
  {
    name: 'environments-are-declared',
    spec: 'platform §1.4; issue 9 "Done when"',
    problems: ({ graph }) =>
      all(graph, 'lambda.Function').flatMap((one) =>
        Object.keys((at(one.properties, 'environment', 'variables') ?? {}) as object)
          .filter((name) => !SETTABLE.includes(name))
          .map((name) => `${nameOf(one)}: ${name} is in its environment and in no list`),
      ),
  },
  {
    name: 'functions-log-where-logs-end',
    spec: 'platform §2.6',
    problems: ({ graph }) => {
      const groups = all(graph, 'cloudwatch.LogGroup').map(nameOf);
      return all(graph, 'lambda.Function')
        .filter(({ properties }) => !groups.includes(text(properties, 'loggingConfig', 'logGroup')))
        .map((one) => `${nameOf(one)} logs into a group that keeps everything for ever`);
    },
  },
  {
    name: 'logs-end-after-30-days',
    spec: 'platform §2.6',
    problems: ({ graph }) =>
      all(graph, 'cloudwatch.LogGroup')
        .filter(({ properties }) => properties.retentionInDays !== 30)
        .map((group) => `${nameOf(group)} keeps ${String(group.properties.retentionInDays)} days, not 30`),
  },
  {
    name: 'functions-run-node-24-on-arm',
    spec: 'platform §1.2',
    problems: ({ graph }) =>
      all(graph, 'lambda.Function')
        .filter(
          ({ properties }) =>
            text(properties, 'runtime') !== 'nodejs24.x' ||
            asList(properties.architectures as string[]).join() !== 'arm64',
        )
        .map((one) => `${nameOf(one)} does not run Node 24 on arm64`),
  },
  {
    name: 'functions-have-no-address',
    spec: 'platform §1.2',
    problems: ({ graph }) =>
      all(graph, 'lambda.FunctionUrl').map((url) => `${nameOf(url)} can be called from anywhere`),
  },
  {
    name: 'the-sender-is-tried-once',
    spec: 'platform §5.3',
    problems: ({ graph }) =>
      all(graph, 'lambda.FunctionEventInvokeConfig')
        .filter(
          (one) =>
            nameOf(one) === `frontdesk-${graph.stage}-responder-reply` &&
            (one.properties.maximumRetryAttempts !== 0 || Number(one.properties.maximumEventAgeInSeconds) > 600),
        )
        .map(() => 'responder-reply would be run again by Lambda, or late'),
  },
];

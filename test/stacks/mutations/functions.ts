/** What may go wrong with the functions themselves. */
import { add, drop, dropWhere, edit, type Mutation, TAGS } from './mutation.ts';

export const FUNCTION_MUTATIONS: readonly Mutation[] = [
  {
    name: 'handler renamed',
    breaks: 'handlers-exist',
    change: (draft) =>
      edit(draft, 'lambda.Function', /-verify$/, (fn) => {
        fn.handler = 'index.handle';
      }),
  },
  {
    name: 'bundle left out',
    breaks: 'handlers-exist',
    change: (draft) => {
      draft.graph.bundles = draft.graph.bundles.filter(({ folder }) => !folder.endsWith('/verify'));
    },
  },
  {
    name: 'upload left out',
    breaks: 'code-is-uploaded',
    change: (draft) => dropWhere(draft, (kind, { key }) => kind === 's3.BucketObjectv2' && /verify/.test(key)),
  },
  {
    name: 'quota not raised',
    breaks: 'reservations-fit-the-quota',
    change: (draft) => {
      draft.accountConcurrency = 110;
    },
  },
  {
    name: 'eleven at a time',
    breaks: 'vendors-are-pressed-by-ten-at-most',
    change: (draft) =>
      edit(draft, 'lambda.Function', /-classify$/, (fn) => {
        fn.reservedConcurrentExecutions += 1;
      }),
  },
  {
    name: 'key in the environment',
    breaks: 'environments-are-declared',
    change: (draft) =>
      edit(draft, 'lambda.Function', /-classify$/, ({ environment }) => {
        environment.variables.OPENAI_API_KEY = 'see the console';
      }),
  },
  {
    name: 'log group left to Lambda',
    breaks: 'functions-log-where-logs-end',
    change: (draft) => drop(draft, 'cloudwatch.LogGroup', /-sealer$/),
  },
  {
    name: 'logs for ever',
    breaks: 'logs-end-after-30-days',
    change: (draft) => edit(draft, 'cloudwatch.LogGroup', /-sealer$/, (group) => delete group.retentionInDays),
  },
  {
    name: 'Node 22',
    breaks: 'functions-run-node-24-on-arm',
    change: (draft) =>
      edit(draft, 'lambda.Function', /-sealer$/, (fn) => {
        fn.runtime = 'nodejs22.x';
      }),
  },
  {
    name: 'function with an address',
    breaks: 'functions-have-no-address',
    change: (draft) =>
      add(draft, 'aws:lambda/functionUrl:FunctionUrl', 'open', {
        functionName: 'frontdesk-dev-ingest',
        authorizationType: 'NONE',
      }),
  },
  {
    name: 'sender tried again',
    breaks: 'the-sender-is-tried-once',
    change: (draft) => {
      edit(draft, 'lambda.FunctionEventInvokeConfig', /-responder-reply$/, (config) => {
        config.maximumRetryAttempts = 2;
      });
      const spec = draft.topology.functions.find(({ name }) => name === 'responder-reply');
      if (spec !== undefined) spec.async.retries = 2;
    },
  },
  {
    name: 'one resource without tags',
    breaks: 'everything-is-tagged',
    change: (draft) =>
      edit(draft, 'lambda.Function', /-sealer$/, (fn) => {
        fn.tagsAll = { ...TAGS, owner: '' };
      }),
  },
];

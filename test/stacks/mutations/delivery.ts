/** What may go wrong between the bus and the functions. */
import {
  add,
  addRule,
  addTarget,
  bothPatterns,
  drop,
  dropWhere,
  edit,
  type Mutation,
  named,
  sourcesOf,
} from './mutation.ts';

const BUS = 'frontdesk-dev';
const LIVE = [{ exists: false }];

export const DELIVERY_MUTATIONS: readonly Mutation[] = [
  {
    name: 'retries dropped',
    breaks: 'targets-retry',
    change: (draft) => edit(draft, 'cloudwatch.EventTarget', /-?S9-/, (target) => delete target.retryPolicy),
  },
  {
    name: 'dead letter dropped',
    breaks: 'targets-keep-dead-letters',
    change: (draft) =>
      edit(draft, 'cloudwatch.EventTarget', 'verify-candidates', (target) => delete target.deadLetterConfig),
  },
  {
    name: 'dead letter sent to another account',
    breaks: 'targets-keep-dead-letters',
    change: (draft) =>
      edit(draft, 'cloudwatch.EventTarget', 'verify-candidates', ({ deadLetterConfig }) => {
        deadLetterConfig.arn = 'arn:aws:sqs:us-east-2:111111111111:strange';
      }),
  },
  {
    name: 'queue policy dropped',
    breaks: 'dead-letter-queues-admit-their-rules',
    change: (draft) => dropWhere(draft, (_kind, _properties, name) => name === 'QueuePolicy-verify-dlq'),
  },
  {
    name: 'twin left out of the queue policy',
    breaks: 'dead-letter-queues-admit-their-rules',
    change: (draft) => {
      const [statement] = named(draft, 'QueuePolicy-classify-dlq').policy.Statement;
      sourcesOf(statement).pop();
    },
  },
  {
    name: 'queue opened to everybody',
    breaks: 'dead-letter-queues-admit-nobody-else',
    change: (draft) =>
      named(draft, 'QueuePolicy-verify-dlq').policy.Statement.push({
        Effect: 'Allow',
        Principal: '*',
        Action: ['sqs:SendMessage'],
        Resource: ['*'],
      }),
  },
  {
    name: 'failure queue dropped',
    breaks: 'functions-have-failure-queues',
    change: (draft) =>
      edit(draft, 'lambda.FunctionEventInvokeConfig', /-sealer$/, (config) => delete config.destinationConfig),
  },
  {
    name: 'live rule hears replays',
    breaks: 'live-rules-refuse-replays',
    change: (draft) => {
      const live = bothPatterns(draft, 'verify-candidates');
      for (const pattern of live) delete pattern['replay-name'];
    },
  },
  {
    name: 'twin takes every replay',
    breaks: 'twins-take-one-purpose',
    change: (draft) => {
      for (const pattern of bothPatterns(draft, 'auditor-all-replay')) pattern['replay-name'] = [{ exists: true }];
    },
  },
  {
    name: 'twin switched off',
    breaks: 'twins-are-enabled',
    change: (draft) =>
      edit(draft, 'cloudwatch.EventRule', 'auditor-all-replay', (rule) => {
        rule.state = 'DISABLED';
      }),
  },
  {
    name: 'twin hears more',
    breaks: 'twins-hear-what-their-rule-hears',
    change: (draft) => {
      for (const pattern of bothPatterns(draft, 'auditor-all-replay')) pattern.source = [{ prefix: 'aws.' }];
    },
  },
  {
    name: 'twin of the sender',
    breaks: 'replays-reach-no-sender',
    change: (draft) => {
      const [live] = bothPatterns(draft, 'responder-reply');
      addRule(draft, 'responder-reply-replay', BUS, { ...live, 'replay-name': [{ prefix: 'recovery-' }] });
      addTarget(draft, 'responder-reply-replay', 'responder-reply', BUS);
    },
  },
  {
    name: 'sender hears what a replay led to',
    breaks: 'sender-hears-nothing-derived',
    change: (draft) => {
      for (const pattern of bothPatterns(draft, 'responder-reply')) delete pattern.detail;
    },
  },
  {
    name: 'rule without a target',
    breaks: 'rules-have-a-target',
    change: (draft) => addRule(draft, 'more', BUS, { source: ['frontdesk.ingest'], 'replay-name': LIVE }),
  },
  {
    name: 'target that is not deployed',
    breaks: 'targets-exist',
    change: (draft) => {
      addRule(draft, 'more', BUS, { source: ['frontdesk.ingest'], 'replay-name': LIVE });
      addTarget(draft, 'more', 'gone', BUS);
    },
  },
  {
    name: 'permission dropped',
    breaks: 'rules-may-run-their-function',
    change: (draft) =>
      dropWhere(
        draft,
        (kind, { sourceArn }) => kind === 'lambda.Permission' && String(sourceArn).endsWith('/verify-candidates'),
      ),
  },
  {
    name: 'function opened to everybody',
    breaks: 'functions-are-run-by-named-sources',
    change: (draft) =>
      add(draft, 'aws:lambda/permission:Permission', 'open', {
        action: 'lambda:InvokeFunction',
        function: 'frontdesk-dev-ingest',
        principal: '*',
      }),
  },
  {
    name: 'function fed from another queue',
    breaks: 'later-queues-feed-their-function',
    change: (draft) =>
      edit(draft, 'lambda.EventSourceMapping', /-order-lookup$/, (mapping) => {
        mapping.eventSourceArn = mapping.eventSourceArn.replace('order-lookup-later', 'classify-later');
      }),
  },
  {
    name: 'maximum beside one reserved place',
    breaks: 'no-maximum-beside-a-single-reservation',
    change: (draft) =>
      edit(draft, 'lambda.EventSourceMapping', /-order-lookup$/, (mapping) => {
        mapping.scalingConfig = { maximumConcurrency: 2 };
      }),
  },
  {
    name: 'parked messages redriven',
    breaks: 'later-queues-never-give-up',
    change: (draft) =>
      edit(draft, 'sqs.Queue', /-verify-later$/, (queue) => {
        queue.redrivePolicy = { maxReceiveCount: 3 };
      }),
  },
  {
    name: 'parked messages seen too soon',
    breaks: 'parked-work-is-not-seen-twice',
    change: (draft) =>
      edit(draft, 'sqs.Queue', /-verify-later$/, (queue) => {
        queue.visibilityTimeoutSeconds = 75;
      }),
  },
  {
    name: 'queue keeps four days',
    breaks: 'queues-keep-14-days',
    change: (draft) =>
      edit(draft, 'sqs.Queue', /-verify-dlq$/, (queue) => {
        queue.messageRetentionSeconds = 345_600;
      }),
  },
  {
    name: 'rule dropped',
    breaks: 'rules-are-those-of-one-machine',
    change: (draft) => {
      drop(draft, 'cloudwatch.EventRule', 'verify-candidates');
      drop(draft, 'cloudwatch.EventTarget', 'verify-candidates');
    },
  },
  {
    name: 'pattern changed on AWS alone',
    breaks: 'rules-are-those-of-one-machine',
    change: (draft) =>
      edit(draft, 'cloudwatch.EventRule', 'order-candidates', ({ eventPattern }) => {
        eventPattern.detail.data.tierCandidate = [1, 2];
      }),
  },
  {
    name: 'timeout changed on AWS alone',
    breaks: 'functions-run-as-on-one-machine',
    change: (draft) =>
      edit(draft, 'lambda.Function', /-auditor$/, (fn) => {
        fn.timeout = 14;
      }),
  },
];

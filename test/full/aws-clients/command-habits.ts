/** What operators do with the CLI beyond single calls: paging, queries, text output, and mistakes with their exit codes. */
import { topology } from '../../../stacks/topology.ts';
import type { awsCommand, CommandRun } from './cli-client.ts';
import { NO_ANSWER, REFUSED, type World } from './step.ts';

type Habit = {
  readonly does: string;
  readonly args: readonly string[];
  readonly code: number;
  /** What the whole standard output is (text: one line a page), or what standard error says. */
  readonly says: string | RegExp;
};

/** After the conversation: the items and parameters it left are what is paged through. */
function habits({ ready }: World): Habit[] {
  const rules = topology.rules.filter(({ bus }) => bus === 'frontdesk').length;
  const items = ['--key-condition-expression', 'model = :m', '--expression-attribute-values', '{":m":{"S":"probe"}}'];
  const text = ['--output', 'text'];
  return [
    {
      does: 'follows the pages of a list of rules by itself',
      args: ['events', 'list-rules', '--event-bus-name', ready.busName, '--page-size', '4', '--query', 'length(Rules)'],
      code: 0,
      says: String(rules),
    },
    {
      does: 'follows the pages of a query by itself',
      args: [
        'dynamodb',
        'query',
        '--table-name',
        'frontdesk_local_read_models',
        ...items,
        '--page-size',
        '3',
        '--query',
        'Items[].key.S',
        ...text,
      ],
      code: 0,
      says: 'a\tb\tc\nd',
    },
    {
      does: 'follows the pages of a path by itself',
      args: [
        'ssm',
        'get-parameters-by-path',
        '--path',
        '/probe',
        '--recursive',
        '--page-size',
        '1',
        '--query',
        'Parameters[].Name',
        ...text,
      ],
      code: 0,
      says: '/probe/deep/two\n/probe/one',
    },
    {
      does: 'follows the pages of a list of queues by itself',
      args: ['sqs', 'list-queues', '--queue-name-prefix', 'probe-', '--page-size', '2', '--query', 'length(QueueUrls)'],
      code: 0,
      says: '3',
    },
    {
      does: 'writes arguments in short',
      args: [
        'events',
        'put-events',
        '--entries',
        `Source=probe.short,DetailType=Probe,Detail='{}',EventBusName=${ready.busName}`,
        '--query',
        'FailedEntryCount',
      ],
      code: 0,
      says: '0',
    },
    {
      does: 'asks a service that is not here, in the query protocol',
      args: ['sns', 'list-topics'],
      code: REFUSED,
      says: /\(UnknownOperationException\)/,
    },
    {
      does: 'asks a service that is not here, in JSON',
      args: ['stepfunctions', 'list-state-machines'],
      code: REFUSED,
      says: /\(UnknownOperationException\)/,
    },
    {
      does: 'asks a service that is not here, over paths',
      args: ['lambda', 'list-functions'],
      code: REFUSED,
      says: /\(UnknownOperationException\)/,
    },
  ];
}

/** @param nowhere  the same command, pointed where nobody listens */
export async function practise(
  world: World,
  command: ReturnType<typeof awsCommand>,
  nowhere: ReturnType<typeof awsCommand>,
): Promise<{ readonly calls: number; readonly failures: readonly string[] }> {
  const failures: string[] = [];
  const list = habits(world);
  for (const habit of list) failures.push(...judge(habit, await command(habit.args)));
  const unreachable: Habit = {
    does: 'asks where nobody listens',
    args: ['sts', 'get-caller-identity'],
    code: NO_ANSWER,
    says: /Could not connect to the endpoint URL/,
  };
  failures.push(...judge(unreachable, await nowhere(unreachable.args)));
  return { calls: list.length + 1, failures };
}

function judge({ does, code, says }: Habit, run: CommandRun): string[] {
  const isSaid = typeof says === 'string' ? run.stdout.trim() === says : says.test(run.stderr);
  if (run.code === code && isSaid) return [];
  return [`${does}: exit ${run.code}, ${JSON.stringify(run.stdout.trim() || run.stderr.trim())}`];
}

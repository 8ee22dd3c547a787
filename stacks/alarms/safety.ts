/** S2–S9: what must not happen, and what somebody should know of (platform §6.5). S1 is at the door: intake. */
import { CATALOGUE } from '../../events/catalogue.ts';
import { own } from './signal.ts';
import type { AlarmSpec, EventWatch } from './types.ts';
import { IN_FIVE_MINUTES, IN_ONE_MINUTE, runbook, watched } from './watch.ts';

const R003 = runbook('R003');
const R005 = runbook('R005');
/** The role by which a person may do anything for an hour; production alone has it (platform §4.11). */
const BREAK_GLASS_ROLE = 'prod-breakglass-admin';
/** What CloudTrail tells of is on the account's default bus, a minute or so later. */
const BY_CLOUDTRAIL = { 'detail-type': ['AWS API Call via CloudTrail'] };

export function safetyAlarms(env: string): readonly AlarmSpec[] {
  return [
    {
      id: 'S2',
      title: 'A text could not be redacted',
      owner: 'security',
      runbook: R003,
      first:
        'Nothing was asked or sent for these messages; find the pattern by the ticket, never by its text in a log.',
      watches: [
        watched('high', 'any in five minutes', own(env, 'redaction.failed_total', 'Sum'), {
          above: 0,
          over: IN_FIVE_MINUTES,
        }),
      ],
    },
    {
      id: 'S3',
      title: 'Somebody took the break-glass role',
      owner: 'security',
      runbook: { id: 'break-glass', page: 'docs/access.md#break-glass' },
      first: 'Ask the person who took it, by voice; if nobody did, revoke the role’s sessions at once.',
      watches: [
        {
          kind: 'event',
          severity: 'critical',
          name: 'assumed',
          says: 'any',
          bus: 'default',
          pattern: {
            source: ['aws.sts'],
            ...BY_CLOUDTRAIL,
            detail: {
              eventSource: ['sts.amazonaws.com'],
              eventName: [{ prefix: 'AssumeRole' }],
              requestParameters: { roleArn: [{ suffix: `:role/${BREAK_GLASS_ROLE}` }] },
            },
          },
          stages: ['prod'],
        },
        {
          // Who switches roles in the console takes it where the console signs in, and STS is told of in that region alone.
          kind: 'event',
          severity: 'critical',
          name: 'used',
          says: 'any change that is made with it in the stage’s region, wherever it was taken',
          bus: 'default',
          pattern: {
            ...BY_CLOUDTRAIL,
            detail: {
              userIdentity: { sessionContext: { sessionIssuer: { arn: [{ suffix: `:role/${BREAK_GLASS_ROLE}` }] } } },
            },
          },
          stages: ['prod'],
        },
      ],
    },
    {
      id: 'S4',
      title: 'A reply went out while automation was off',
      owner: 'engineering',
      runbook: R003,
      first: 'Run `npx frontdesk stop --level sever --reason …`, then R003: this must never be.',
      watches: [
        watched('critical', 'any', own(env, 'policy.impossible_reply_total', 'Sum'), { above: 0, over: IN_ONE_MINUTE }),
      ],
    },
    {
      id: 'S5',
      title: 'A reply of Tier 0, or of Tier 2 without a match',
      owner: 'engineering',
      runbook: R003,
      first: 'Run `npx frontdesk stop --level sever --reason …`, then R003: this must never be.',
      watches: [
        watched('critical', 'any', own(env, 'policy.forbidden_reply_total', 'Sum'), { above: 0, over: IN_ONE_MINUTE }),
      ],
    },
    {
      id: 'S6',
      title: 'A replay began',
      owner: 'engineering',
      runbook: R005,
      first: 'See who began it and why; one that reaches another rule than a replay twin is cancelled at once.',
      watches: replayWatches(env),
    },
    {
      id: 'S7',
      title: 'Replies pour out',
      owner: 'engineering',
      runbook: R003,
      first: 'Look at the last replies; if one template repeats itself, run `npx frontdesk stop --level template`.',
      watches: [
        // No metric has a template as dimension (platform §6.3), so all templates count together: it rings no later than one
        // watch per template would. The peak of intake is 7.2 messages a minute (platform §5.1).
        watched('high', 'more than 10 replies in a minute', own(env, 'responder.reply_sent_total', 'Sum'), {
          above: 10,
          over: IN_ONE_MINUTE,
          needsCustomers: true,
        }),
      ],
    },
    {
      id: 'S8',
      title: 'The flags cannot be read',
      owner: 'engineering',
      runbook: R003,
      first: 'Everything behaves as in safe mode: no reply goes out. Look at the parameter store and the roles.',
      watches: [
        watched('high', '3 failed reads in five minutes', own(env, 'flags.read_failed_total', 'Sum'), {
          atLeast: 3,
          over: IN_FIVE_MINUTES,
        }),
      ],
    },
    {
      id: 'S9',
      title: 'A switch was set',
      owner: 'support-ops',
      runbook: { id: 'kill switch', page: 'docs/operations.md#the-kill-switch' },
      first: 'Nothing, if you know of it: `npx frontdesk flags get NAME` says who, when and why.',
      watches: [
        {
          kind: 'event',
          severity: 'info',
          name: 'changed',
          says: 'any change of safe mode or of a flag that governs replies',
          bus: 'frontdesk',
          pattern: {
            source: ['frontdesk.flag-watcher'],
            'detail-type': [CATALOGUE.SafeModeChanged.name, CATALOGUE.AutomationFlagChanged.name],
            'replay-name': [{ exists: false }],
          },
        },
      ],
    },
  ];
}

/** A replay of ours names the rules that it reaches; every one of them ends in `-replay`. */
function replayWatches(env: string): readonly EventWatch[] {
  const of = (destination: Readonly<Record<string, unknown>>) => ({
    source: ['aws.events'],
    ...BY_CLOUDTRAIL,
    detail: {
      eventSource: ['events.amazonaws.com'],
      eventName: ['StartReplay'],
      requestParameters: { eventSourceArn: [{ wildcard: `*:archive/frontdesk-${env}-*` }], destination },
    },
  });
  const twins = { filterArns: [{ suffix: '-replay' }] };
  return [
    {
      kind: 'event',
      severity: 'info',
      name: 'started',
      says: 'any that reaches replay twins',
      bus: 'default',
      pattern: of(twins),
    },
    {
      kind: 'event',
      severity: 'critical',
      name: 'unbounded',
      says: 'one that names no rule, and so reaches every rule that admits it',
      bus: 'default',
      pattern: of({ filterArns: [{ exists: false }] }),
    },
    {
      kind: 'event',
      severity: 'critical',
      name: 'astray',
      says: 'one that reaches a rule which is no replay twin',
      bus: 'default',
      pattern: of({ filterArns: [{ 'anything-but': { suffix: '-replay' } }] }),
    },
  ];
}

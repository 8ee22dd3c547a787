/**
 * M1–M6: whether what customers write, or how we judge it, drifts (platform §6.5, §6.7). CloudWatch compares no 7 days with
 * 28, and no metric has an intent or a template as dimension, so a day is compared with a baseline that stands here and is
 * tuned like every other start value. Shares of single intents and templates are looked at weekly, from the facts themselves.
 */
import { own, type Series, type Signal, share, sum } from './signal.ts';
import type { AlarmSpec } from './types.ts';
import { runbook, watched } from './watch.ts';

const R002 = runbook('R002');
const A_DAY = [86_400, 1, 1] as const;
/** Fewer decisions of a day say little (platform §6.5, M6). */
const ENOUGH = 50;

/** Start values; the first 7 to 14 days replace them (platform §6.5). */
const BASELINE = {
  /** Share of decisions without an intent. */
  unknown: 0.05,
  /** Share of decisions whose route is less sure than 0.50. */
  unsure: 0.1,
  /** Share of decisions that ask for a reply of Tier 2. */
  tier2: 0.2,
  /** Share of look-ups that find the one order. */
  matched: 0.7,
};

export function driftAlarms(env: string): readonly AlarmSpec[] {
  const decisions = own(env, 'policy.decisions_total', 'Sum');
  const ofDecisions = (part: Series): Signal => share(part, decisions, ENOUGH);
  const matched = own(env, 'order_lookup.matched_total', 'Sum');
  const looked = sum(matched, own(env, 'order_lookup.not_matched_total', 'Sum'));
  return [
    {
      id: 'M1',
      title: 'More messages without an intent',
      owner: 'quality',
      runbook: R002,
      first: 'Sample 20 of them and see what they ask: a new topic, another language, or a changed form.',
      watches: [
        watched(
          'ticket',
          'their share of a day 3 points above the baseline',
          ofDecisions(own(env, 'quality.unknown_intent_total', 'Sum')),
          {
            above: BASELINE.unknown + 0.03,
            over: A_DAY,
            needsCustomers: true,
          },
        ),
      ],
    },
    {
      id: 'M2',
      title: 'The classifier is less sure',
      owner: 'quality',
      runbook: R002,
      first: 'Compare by channel and by classifier version; a changed form of the messages shows in one channel first.',
      watches: [
        watched(
          'ticket',
          'the share of a day below 0.50 is 5 points above the baseline',
          ofDecisions(own(env, 'quality.unsure_total', 'Sum')),
          {
            above: BASELINE.unsure + 0.05,
            over: A_DAY,
            needsCustomers: true,
          },
        ),
      ],
    },
    {
      id: 'M3',
      title: 'Fewer replies about orders',
      owner: 'quality',
      runbook: R002,
      first: 'See which reason codes grew in the same days: a gate, a flag, or the match of orders (R007).',
      watches: [
        watched(
          'ticket',
          'decisions for Tier 2 in a day 30 % below the baseline',
          shareOrAll(own(env, 'quality.tier2_total', 'Sum'), decisions),
          {
            below: BASELINE.tier2 * 0.7,
            over: A_DAY,
            needsCustomers: true,
          },
        ),
      ],
    },
    {
      id: 'M4',
      title: 'Routes and replies are put right by people',
      owner: 'support-ops',
      runbook: R002,
      first: 'Read 20 of these tickets with the team that had to put them right.',
      watches: [
        watched(
          'ticket',
          'opened again, or escalated late: more than 5 % of the routes of a day',
          share(
            sum(own(env, 'automation.reopen_total', 'Sum'), own(env, 'automation.late_escalation_total', 'Sum')),
            own(env, 'responder.routed_total', 'Sum'),
            ENOUGH,
          ),
          { above: 0.05, over: A_DAY, needsCustomers: true },
        ),
        watched(
          'ticket',
          'misroutes that agents report: more than 5 % of the routes of a day',
          share(own(env, 'quality.misroute_feedback_total', 'Sum'), own(env, 'responder.routed_total', 'Sum'), ENOUGH),
          { above: 0.05, over: A_DAY, name: 'misroute', needsCustomers: true },
        ),
      ],
    },
    {
      id: 'M5',
      title: 'Safety signs: Tier 0, schema, match rate',
      owner: 'quality',
      runbook: R002,
      first:
        'No Tier 0 for a day means that the screen or the classifier is blind: take automation off until you know.',
      watches: [
        watched('ticket', 'no Tier 0 in a day', shareOrAll(own(env, 'policy.tier0_total', 'Sum'), decisions), {
          below: 1e-9,
          over: A_DAY,
          name: 'tier0',
          needsCustomers: true,
        }),
        watched(
          'ticket',
          'more than 1 % of the model’s answers of an hour break the schema',
          share(own(env, 'llm.schema_invalid_total', 'Sum'), own(env, 'vendor.openai.requests_total', 'Sum'), ENOUGH),
          { above: 0.01, over: [3_600, 1, 1], name: 'schema' },
        ),
        watched(
          'ticket',
          'the match rate of a day 20 % below the baseline',
          { kind: 'when', condition: looked, atLeast: ENOUGH, value: share(matched, looked), otherwise: 1 },
          { below: BASELINE.matched * 0.8, over: A_DAY, name: 'match', needsCustomers: true },
        ),
      ],
    },
    {
      id: 'M6',
      title: 'Fewer questions about orders than there should be',
      owner: 'quality',
      runbook: R002,
      first: 'Half of the contacts ask about an order (platform §5.1): sample 20 messages and see where these go.',
      watches: [
        watched(
          'ticket',
          'less than 15 % of at least 50 decisions of a day',
          shareOrAll(own(env, 'quality.order_status_total', 'Sum'), decisions),
          {
            below: 0.15,
            over: A_DAY,
            needsCustomers: true,
          },
        ),
      ],
    },
  ];
}

/** A share that counts as whole while there are too few to tell. */
function shareOrAll(part: Series, whole: Series): Signal {
  return { kind: 'when', condition: whole, atLeast: ENOUGH, value: share(part, whole), otherwise: 1 };
}

/** What `quality` prints: times as RFC 3339 in JSON, ids as the helpdesk writes them, and the same for people. Pure. */
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { localTime, type Zone } from '../instants.ts';
import { toned } from '../screen.ts';
import { table } from '../table.ts';
import { count } from '../text.ts';
import { plain } from '../trail/words.ts';
import type { Drift } from './drift.ts';
import type { Message } from './message.ts';
import type { MisrouteRate, ReplyRate } from './overrides.ts';
import type { Quality } from './quality.ts';
import type { Queued } from './sample.ts';

const instant = (at: number): string => new Date(at).toISOString();

/** What is shown of a message wherever one is listed. */
export function messageValue(message: Message) {
  const { messageKey, conversationId, at, channel, intent, tier, team, confidence, templateId } = message;
  return {
    messageKey,
    conversationId: decodeVendorId(conversationId),
    at: instant(at),
    channel,
    intent,
    tier,
    team,
    confidence,
    templateId,
  };
}

export function qualityValue(quality: Quality) {
  const { window, overrides, candidates, tier0, ...rest } = quality;
  const weeks = <W extends { readonly from: number; readonly to: number }>(rows: readonly W[]) =>
    rows.map((row) => ({ ...row, from: instant(row.from), to: instant(row.to) }));
  return {
    from: instant(window.from),
    to: instant(window.to),
    baselineFrom: instant(window.baselineFrom),
    ...rest,
    overrides: {
      ...overrides,
      misroutes: { ...overrides.misroutes, byWeek: weeks(overrides.misroutes.byWeek) },
      wrongReplies: { ...overrides.wrongReplies, byWeek: weeks(overrides.wrongReplies.byWeek) },
    },
    candidates: candidates.map(({ at, conversationId, ...one }) => ({
      ...one,
      conversationId: decodeVendorId(conversationId),
      at: instant(at),
    })),
    tier0: { n: tier0.n, messages: tier0.messages.map(messageValue), others: tier0.others.map(messageValue) },
  };
}

const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`);
const score = (value: number | null): string => (value === null ? '–' : value.toFixed(2));
const SHOWN = 10;

const AS_SCORE: readonly Drift['rule'][] = ['confidence_mean', 'confidence_spread'];
function figure({ rule }: Drift, value: number | null): string {
  if (rule === 'tier0_silent') return value === null ? '–' : String(value);
  return AS_SCORE.includes(rule) ? score(value) : percent(value);
}

export function qualityText(quality: Quality, zone: Zone): string {
  const { window, messages, baseline, drift, overrides, candidates, tier0, labels, calibration } = quality;
  const alerts = drift.filter(({ state }) => state === 'alert').length;
  const sections = [
    `${count(messages, 'message')} decided from ${localTime(window.from, zone)} to ${localTime(window.to, zone)} (${zone.name}), compared with ${baseline} of the 28 days before; ${count(alerts, 'alert')}.`,
    section(
      'Drift',
      table(
        ['', 'rule', 'of', 'value', 'before', 'alert when it', 'messages'],
        drift.map((row) => [
          row.state === 'alert' ? toned(STATE_WORDS.alert, 'bad') : STATE_WORDS[row.state],
          plain(row.rule),
          row.subject === null ? '' : row.subject,
          figure(row, row.value),
          figure(row, row.before),
          row.limit,
          row.n,
        ]),
      ),
    ),
    section(
      'Intents',
      table(
        ['intent', 'messages', 'share', 'before', 'misroutes', 'rate'],
        quality.intents.slice(0, SHOWN).map(({ intent, n, share, before }) => {
          const rate = overrides.misroutes.byIntent.find((row) => row.intent === intent);
          return [intent, n, percent(share), percent(before), rate?.misroutes ?? 0, percent(rate?.rate ?? null)];
        }),
      ) + (baseline === 0 ? `\n${NOTHING_BEFORE}` : ''),
    ),
    section(
      'Confidence by channel',
      table(
        ['channel', 'messages', 'mean', 'before', 'below 0.50', 'before'],
        quality.confidence.map((row) => [
          row.channel,
          row.n,
          score(row.mean),
          score(row.meanBefore),
          percent(row.low),
          percent(row.lowBefore),
        ]),
      ),
    ),
    section(
      'Misroutes by team',
      table(
        ['team', 'routed', 'misroutes', 'rate'],
        overrides.misroutes.byTeam.map((row) => [row.team, ...misroute(row)]),
      ),
    ),
    section(
      'Week by week',
      table(
        [`from (${zone.name})`, 'routed', 'misroutes', 'rate', 'replies', 'reported wrong', 'rate'],
        overrides.misroutes.byWeek.map((row, at) => [
          localTime(row.from, zone).slice(0, 16),
          ...misroute(row),
          ...replies(overrides.wrongReplies.byWeek[at]),
        ]),
      ),
    ),
    section(
      `Candidates for the golden set: ${candidates.length}, ${candidates.filter((one) => one.isLabelled).length} labelled`,
      table(
        ['message', 'decided', 'team', 'agents say', 'labelled'],
        candidates
          .slice(0, SHOWN)
          .map(({ messageKey, decided, says, isLabelled }) => [
            decodeVendorId(messageKey),
            decided.intent,
            decided.team,
            says.codes.map((code) => code.slice('mw:feedback:'.length)).join(' '),
            isLabelled,
          ]),
        'none: no agent said that something was wrong',
      ),
    ),
    [
      `Tier 0: ${tier0.n} of ${messages}; beside all of them, ${tier0.others.length} others are drawn for the audit (--json names them).`,
      `Labels: ${labels.labelled}, by two people ${labels.twice}${labels.agreement === null ? '' : ` (${percent(labels.agreement)} agree)`}, disputed ${labels.disputed}${calibration.accuracy === null ? '' : `; right ${percent(calibration.accuracy)}, calibration error ${score(calibration.ece)}`}.`,
      'Today’s queue: `npx frontdesk quality queue`.',
    ].join('\n'),
  ];
  return sections.join('\n\n');
}

const NOTHING_BEFORE = 'Nothing was decided in the 28 days before: there is no share to compare with.';
const STATE_WORDS: Readonly<Record<Drift['state'], string>> = {
  alert: 'ALERT',
  ok: 'ok',
  too_few: 'too few',
  explained: 'explained',
};
const section = (title: string, body: string): string => `${title}\n${body}`;
const misroute = ({ routed, misroutes, rate }: MisrouteRate) => [routed, misroutes, percent(rate)];
const replies = (row: ReplyRate | undefined) => [row?.replies ?? 0, row?.reported ?? 0, percent(row?.rate ?? null)];

export function queueValue(day: string, queue: readonly Queued[], labelled: ReadonlySet<string>) {
  return {
    day,
    tickets: queue.map(({ message, stratum }) => ({
      ...messageValue(message),
      stratum,
      isLabelled: labelled.has(message.messageKey),
    })),
  };
}

export function queueText({ day, tickets }: ReturnType<typeof queueValue>): string {
  const rows = tickets.map((one) => [
    decodeVendorId(one.messageKey),
    one.conversationId,
    one.channel,
    one.tier === null ? 'route-only' : one.tier,
    one.intent,
    one.team,
    score(one.confidence),
    one.isLabelled,
  ]);
  return [
    `The queue of ${day}: ${count(tickets.length, 'ticket')}. Read each in the helpdesk, then \`npx frontdesk quality label MESSAGE --intent INTENT\`.`,
    table(
      ['message', 'conversation', 'channel', 'tier', 'intent', 'team', 'confidence', 'labelled'],
      rows,
      'Nothing was decided on that day.',
    ),
  ].join('\n\n');
}

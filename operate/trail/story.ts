/** A ticket as a story people can read: what came in, what was decided and why, what was written, what was sent. Pure. */
import type { GateEntry } from '../../events/decision.ts';
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { clockTime, localTime, type Zone } from '../instants.ts';
import { toned } from '../screen.ts';
import { durationText } from '../table.ts';
import { count } from '../text.ts';
import { tell } from './progress.ts';
import type { DecisionReport, MessageReport, TicketReport, Write } from './report.ts';
import type { Fact } from './trail.ts';
import { GATE_WORDS, outcomeWords, plain, reasonWords, tierWords } from './words.ts';

/** The whole conversation; times in the business zone. */
export function ticketStory({ conversationId, messages, feedback }: TicketReport, zone: Zone): string {
  const head = `Conversation ${conversationId}: ${count(messages.length, 'message')}. Times in ${zone.name}.`;
  const said = feedback.map(({ at, says }) => `  ${localTime(at, zone)} ${says.join(' ')}`);
  const told = said.length === 0 ? [] : [['Agents said by tag:', ...said].join('\n')];
  return [head, ...messages.map((message) => messageStory(message, zone)), ...told].join('\n\n');
}

function messageStory(message: MessageReport, zone: Zone): string {
  const { receivedAt, channel, messageKey, outcome, endToEndMs, decision } = message;
  const when = receivedAt === null ? 'at an unknown time' : localTime(receivedAt, zone);
  const took = endToEndMs === null ? '' : ` after ${durationText(endToEndMs)}`;
  return [
    `Message ${decodeVendorId(messageKey)} (${channel}), received ${when}`,
    `  Outcome: ${outcome === 'failed' ? toned(outcomeWords(outcome), 'bad') : outcomeWords(outcome)}${took}`,
    ...(decision === null ? [] : decisionLines(decision)),
    ...gateLines(message.gateReport),
    ...(message.writes.length === 0
      ? ['  Nothing was written to the ticket.']
      : message.writes.map((write) => `  ${writeLine(write, zone)}`)),
    '  What happened:',
    ...factLines(message, zone),
    ...(decision === null ? [] : [`  Decided by: ${versionsText(message.versions)}`]),
  ].join('\n');
}

function decisionLines(decision: DecisionReport): string[] {
  const sure = decision.confidence === null ? '' : `, confidence ${decision.confidence.toFixed(2)}`;
  const also =
    decision.secondaryIntents.length === 0 ? '' : `, also ${decision.secondaryIntents.map(plain).join(' and ')}`;
  return [
    `  Decided at ${decision.stage} (row ${decision.row}): ${plain(decision.intent)}${also}${sure}; ${tierWords(decision.tier)}`,
    `  Team: ${decision.team ?? 'none'}`,
  ];
}

/** Objections first, since they are the answer to "why"; what passed is only counted. */
function gateLines(report: readonly GateEntry[]): string[] {
  if (report.length === 0) return [];
  const blocks = report.filter(({ result }) => result === 'block');
  const downgrades = report.filter(({ result }) => result === 'downgrade');
  const passed = report.filter(({ result }) => result === 'pass').length;
  const why = blocks.length === 0 ? 'no gate objected' : `${count(blocks.length, 'gate')} objected, the first decides`;
  return [
    `  Gates: ${why}; ${passed} passed`,
    ...blocks.map((entry) => `    ✕ ${gateText(entry)}`),
    ...downgrades.map((entry) => `    ↓ ${gateText(entry)}: ${entry.before ?? 'none'} → ${entry.after ?? 'none'}`),
  ];
}

function gateText({ gate, reasonCode, also = [] }: GateEntry): string {
  const codes = [reasonCode, ...also].filter((code) => code !== undefined);
  const why = codes.length === 0 ? '' : `: ${codes.map(reasonWords).join('; ')}`;
  return `${gate} ${GATE_WORDS[gate]}${why}`;
}

function writeLine({ at, by, kind, tags, team, templateId }: Write, zone: Zone): string {
  const tagged = tags.length === 0 ? '' : `, tags ${tags.join(' ')}`;
  const what = {
    route: `wrote the route${team === null ? '' : ` to ${team}`}${tagged}`,
    reply: `sent ${templateId ?? 'a reply'}${tagged}`,
    resolve: `closed the ticket${tagged}`,
  }[kind];
  return `${clockTime(at, zone)} ${by} ${what}`;
}

/** As time went by; what settles comes last whatever the clocks of two processes say. */
function factLines({ facts }: MessageReport, zone: Zone): string[] {
  const isLast = ({ metadata }: Fact): number => Number(metadata.eventName === 'MessageSettled');
  const told = facts.toSorted(
    (a, b) => isLast(a) - isLast(b) || Date.parse(a.metadata.occurredAt) - Date.parse(b.metadata.occurredAt),
  );
  return told.map((fact) => {
    const { occurredAt, producer, eventName, replay } = fact.metadata;
    const replayed = replay === null ? '' : ` [replay ${replay.name}]`;
    return `    ${clockTime(occurredAt, zone)}  ${eventName} by ${producer}: ${tell(fact)}${replayed}`;
  });
}

function versionsText(versions: Readonly<Record<string, string>>): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

/** Why a ticket got its reply, or none, in one sentence. Pure. */
import type { GateRow } from './gates.ts';
import type { MessageReport } from './report.ts';
import type { Fact } from './trail.ts';
import { plain, reasonWords } from './words.ts';

type Told = Pick<MessageReport, 'outcome' | 'facts' | 'gates' | 'decision' | 'writes'>;

export function answerOf(told: Told): string {
  switch (told.outcome) {
    case null:
      return underWay(told);
    case 'replied':
      return `Replied with ${String(named(told, 'ReplySent')?.data.templateId ?? 'a template')} because every gate agreed${changeText(
        told.gates,
      )}.`;
    case 'routed':
      return `${routeText(told)}; ${noReply(told)}.`;
    case 'suppressed':
      return `Left alone: ${leftAlone(told)}.`;
    case 'failed':
      return `Failed, so a person has to look: ${failure(told)}.`;
  }
}

/** A downgrade is no objection, but it is why this template was sent and not another. */
function changeText(gates: readonly GateRow[]): string {
  const change = gates.find(({ result, before, after }) => result === 'downgrade' && before !== after);
  return change === undefined
    ? ''
    : `; ${change.gate} (${change.looksAt}) saw ${change.saw}, which changed what may be said`;
}

function routeText({ writes, decision }: Told): string {
  const team = writes.findLast(({ kind, team }) => kind === 'route' && team !== null)?.team ?? null;
  if (team !== null) return `Routed to ${team}`;
  return decision?.team ? `Tagged for ${decision.team}, assigned to nobody` : 'Tagged, assigned to nobody';
}

function noReply(told: Told): string {
  const objection = told.gates.find(({ isDeciding }) => isDeciding);
  const withheld = named(told, 'ReplySuppressed');
  if (withheld !== undefined && objection === undefined)
    return `the approved reply was withheld at the door: ${reasonWords(String(withheld.data.reasonCode))}`;
  if (objection !== undefined) return `no reply because ${gateText(objection)}`;
  const failed = named(told, 'ClassificationFailed');
  if (failed !== undefined)
    return `no reply because it could not be classified (${plain(String(failed.data.errorCode))})`;
  const code = told.decision?.reasonCodes[0];
  if (code !== undefined) return `no reply because of this: ${reasonWords(code)}`;
  return 'no reply was asked for';
}

function gateText({ gate, looksAt, saw, why }: GateRow): string {
  return `${gate} (${looksAt}) saw ${saw === '' ? 'this' : saw}: ${why}`;
}

function leftAlone(told: Told): string {
  const same = named(told, 'MessageDeduplicated');
  if (same !== undefined) return VERDICTS[String(same.data.verdict)] ?? plain(String(same.data.verdict));
  const withheld = named(told, 'ReplySuppressed');
  if (withheld !== undefined)
    return `the approved reply was withheld at the door: ${reasonWords(String(withheld.data.reasonCode))}`;
  const skipped = named(told, 'RoutingSkipped');
  if (skipped !== undefined) return `the route was not written: ${reasonWords(String(skipped.data.reasonCode))}`;
  const objection = told.gates.find(({ isDeciding }) => isDeciding);
  return objection === undefined ? 'there was nothing to do' : gateText(objection);
}

const VERDICTS: Readonly<Record<string, string>> = {
  duplicate: 'another record holds this very message',
  superseded: 'a newer message of the customer is decided instead',
  empty_turn: 'the ticket holds nothing unanswered',
  operator_newest: 'a person has answered already',
};

function failure(told: Told): string {
  const reply = named(told, 'ReplyFailed');
  if (reply !== undefined)
    return reply.data.outcome === 'unknown'
      ? 'whether the reply arrived is not known, and it is never sent again'
      : `the reply failed (${plain(String(reply.data.errorCode))})`;
  const routing = named(told, 'RoutingFailed');
  if (routing !== undefined) return `the route could not be written (${plain(String(routing.data.errorCode))})`;
  return named(told, 'MessageStalled') === undefined ? 'what, the facts below say' : 'it took longer than its deadline';
}

function underWay({ facts }: Told): string {
  const last = facts.at(-1)?.metadata.eventName;
  return last === undefined ? 'Still under way.' : `Still under way; the last fact is ${last}.`;
}

function named({ facts }: Told, name: string): Fact | undefined {
  return facts.findLast(({ metadata }) => metadata.eventName === name && metadata.replay === null);
}

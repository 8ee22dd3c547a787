/** V8, V9, V11, V15, from what the person saw on the test tickets. Pure. */

import type { Verdict } from '../../config/tenant.ts';
import { decodeEntities } from '../../functions/shared/helpdesk/html.ts';
import { type Finding, inconclusive, no, ofParts, yes } from './answer.ts';
import type { ProbeHeard } from './probes.ts';
import type { SessionResult } from './session.ts';

type SessionItem = 'V8' | 'V9' | 'V11' | 'V15';
type Parts = Readonly<Record<'email' | 'livechat', Verdict>>;
const CHANNELS = ['email', 'livechat'] as const;

/** @param results  one per test ticket; none when nothing may be written */
export function judgeSessions(
  results: readonly SessionResult[],
  heard: readonly ProbeHeard[] | null,
): Readonly<Record<SessionItem, Finding>> {
  if (results.length === 0) {
    const silent = inconclusive('needs_writes');
    return { V8: silent, V9: silent, V11: silent, V15: silent };
  }
  const answered = results.filter(({ answer }) => answer !== null).length;
  const counts = { tickets: results.length, answered };
  return {
    V8: inParts(results, (result) => reopened(result, heard), counts),
    V9: inParts(results, seen, counts),
    V11: tagged(results),
    V15: inParts(results, isPrivate, counts),
  };
}

function inParts(
  results: readonly SessionResult[],
  judge: (result: SessionResult) => Verdict,
  evidence: Readonly<Record<string, number>>,
): Finding {
  const verdictOf = (channel: 'email' | 'livechat'): Verdict => {
    const own = results.filter((result) => result.channel === channel).map(judge);
    if (own.includes('no')) return 'no';
    if (own.includes('yes')) return 'yes';
    return own.length > 0 ? 'inconclusive' : 'unknown';
  };
  const parts = Object.fromEntries(CHANNELS.map((channel) => [channel, verdictOf(channel)])) as Parts;
  const answer = ofParts(parts);
  const why = { no: 'seen_otherwise', inconclusive: 'not_all_channels', yes: null, unknown: null }[answer];
  return { answer, ...(why !== null && { why }), parts: { ...parts }, evidence: { ...evidence } };
}

/** Closed by us, open after the answer, and the rule called again for it. */
function reopened({ closed, answer, ticketId }: SessionResult, heard: readonly ProbeHeard[] | null): Verdict {
  if (!closed || answer === null) return 'inconclusive';
  if (!answer.isOpen) return 'no';
  if (heard === null) return 'inconclusive';
  const isCalled = heard.some(({ fields, name, at }) => {
    return (
      name === 'tagging' && decodeEntities(String(fields?.ticket_id)) === ticketId && at >= answer.at - CLOCKS_APART_MS
    );
  });
  return isCalled ? 'yes' : 'no';
}

/** Between the helpdesk's clock and ours. */
const CLOCKS_APART_MS = 5_000;

/** Their answer repeats the code of our message: they saw it. An answer without it proves nothing. */
function seen({ sent, answer }: SessionResult): Verdict {
  return sent && answer?.sawMessage ? 'yes' : 'inconclusive';
}

/** The code of the note came back: they saw it. Only who saw the message is known to have looked. */
function isPrivate({ noted, answer }: SessionResult): Verdict {
  if (answer?.sawNote) return 'no';
  return noted && answer?.sawMessage ? 'yes' : 'inconclusive';
}

function tagged(results: readonly SessionResult[]): Finding {
  const all = results.map(({ tags }) => tags);
  const counts = {
    tickets: all.length,
    taken: all.filter(({ isTaken }) => isTaken).length,
    once: all.filter(({ once }) => once === 1).length,
    unknownCreated: all.filter(({ unknownCreated }) => unknownCreated).length,
  };
  const isYes = [counts.taken, counts.once, counts.unknownCreated].every((count) => count === all.length);
  return isYes ? yes(counts) : no('tags_not_as_named', counts);
}

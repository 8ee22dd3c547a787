/** The reply of a message as the trail knows it: which template in which version, how far it came. Never its text. Pure. */
import type { Fact } from './trail.ts';

export type ReplyReport = {
  /** `would`: decided in shadow mode, where nothing is written. `denied`: a gate objected to this candidate. */
  readonly state: 'sent' | 'unknown' | 'failed' | 'withheld' | 'approved' | 'would' | 'denied' | 'candidate';
  readonly templateId: string;
  readonly templateVersion: string | null;
  readonly templateHash: string | null;
  /** Comment on the ticket, as the helpdesk writes it for events; `null` where nothing was sent or its id is not known. */
  readonly commentId: string | null;
  /** How it is known that it arrived. */
  readonly confirmedBy: string | null;
  readonly latencyMs: number | null;
};

/** The furthest that it came; `null` where no reply was ever asked for. */
export function replyReport(facts: readonly Fact[]): ReplyReport | null {
  const found = FURTHEST_FIRST.flatMap(([name, stateOf]) => {
    const fact = facts.findLast(({ metadata }) => metadata.eventName === name);
    return fact === undefined ? [] : [{ fact, state: stateOf(fact) }];
  });
  const templated = found.map(({ fact, state }) => ({ fact, state, templateId: templateOf(fact) }));
  const furthest = templated.find(({ templateId }) => templateId !== null);
  if (furthest === undefined || furthest.templateId === null) return null;
  const approved = facts.findLast(
    ({ metadata, data }) => metadata.eventName === 'ReplyApproved' && data.templateId === furthest.templateId,
  );
  const { data } = furthest.fact;
  return {
    state: furthest.state,
    templateId: furthest.templateId,
    templateVersion: text(data.templateVersion) ?? text(approved?.data.templateVersion),
    templateHash: text(data.templateHash) ?? text(approved?.data.templateHash),
    commentId: text(data.vendorMessageRef),
    confirmedBy: text(data.confirmedBy),
    latencyMs: typeof data.latencyMs === 'number' ? data.latencyMs : null,
  };
}

const FURTHEST_FIRST: readonly (readonly [string, (fact: Fact) => ReplyReport['state']])[] = [
  ['ReplySent', () => 'sent'],
  ['ReplyFailed', ({ data }) => (data.outcome === 'unknown' ? 'unknown' : 'failed')],
  ['ReplySuppressed', () => 'withheld'],
  ['ReplyApproved', () => 'approved'],
  ['ReplyDenied', ({ data }) => (data.wouldReply === true ? 'would' : 'denied')],
  ['MessageClassified', () => 'candidate'],
];

const templateOf = ({ data }: Fact): string | null => text(data.templateId) ?? text(data.templateCandidate);
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

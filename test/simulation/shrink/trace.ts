/** What happened in a violated run, in order, as lines that a person reads. */
import type { Violation } from '../checker/check.ts';
import type { Fact } from '../facts.ts';
import type { Run } from '../run.ts';

/** The scheduler's step of the first fact at the instant of the violation, or of the last one. */
export function stepOf({ account: { facts }, world: { steps } }: Run, { at }: Violation): number {
  const index = at === 0 ? -1 : facts.findIndex((fact) => fact.at >= at);
  return steps[index] ?? steps.at(-1) ?? 0;
}

/** The facts of the violated conversation, else all; between them the faults of port calls, with what they hit. */
export function linesOf({ account: { facts }, world }: Run, { conversationId }: Violation): string[] {
  const { fired } = world.instruments;
  let next = 0;
  const faultsUntil = (at: number): string[] => {
    const lines: string[] = [];
    for (let fault = fired[next]; fault && fault.at <= at; fault = fired[next]) {
      lines.push(
        `${timeOf(fault.at)} call ${fault.ordinal}, ${fault.process} ${fault.port}.${fault.method}: ${fault.kind}`,
      );
      next += 1;
    }
    return lines;
  };
  const isAbout = (fact: Fact): boolean =>
    conversationId === null || !isOfOneConversation(fact) || JSON.stringify(fact).includes(conversationId);
  return [
    ...facts.flatMap((fact, index) => [
      ...faultsUntil(fact.at),
      ...(isAbout(fact) ? [`${timeOf(fact.at)} step ${world.steps[index]}, ${tell(fact)}`] : []),
    ]),
    ...faultsUntil(Number.POSITIVE_INFINITY),
  ];
}

function isOfOneConversation(fact: Fact): boolean {
  return 'conversationId' in fact || fact.kind === 'published' || fact.kind === 'failure';
}

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 23);

function tell(fact: Fact): string {
  switch (fact.kind) {
    case 'published':
      return `${fact.by} told ${fact.detailType}${tellEvent(fact.detail)}`;
    case 'failure':
      return `${fact.target} gave up (${fact.cause})`;
    default: {
      const { kind, at: _at, ...about } = fact;
      return `${kind} ${JSON.stringify(about)}`;
    }
  }
}

/** Of what most rules ask for. */
const TOLD = [
  ...['tier', 'rank', 'routeTag', 'turnCommentIds', 'verdict', 'answersCommentId', 'vendorMessageRef', 'outcome'],
  ...['reasonCode', 'errorCode', 'mode', 'openBranches'],
];

function tellEvent(detail: string): string {
  const { metadata, data } = JSON.parse(detail) as {
    metadata: { eventId: string; rootEventId: string | null };
    data: Record<string, unknown>;
  };
  const ids = [metadata.eventId, metadata.rootEventId].map((id) => id?.slice(-8)).join(' of ');
  const told = TOLD.filter((name) => data[name] !== undefined).map((name) => `${name} ${JSON.stringify(data[name])}`);
  return ` ${[ids, ...told].join(', ')}`;
}

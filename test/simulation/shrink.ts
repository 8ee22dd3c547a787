/** The smallest run that still breaks a rule, and what happened to the conversation in it. */
import { check, type Violation } from './checker/check.ts';
import type { Fact } from './facts.ts';
import { type Run, type RunOptions, simulate } from './run.ts';

export type Trace = {
  readonly conversations: number;
  readonly violation: Violation;
  /** The scheduler's step of the first fact at the instant of the violation, or of the last one. */
  readonly step: number;
  readonly lines: readonly string[];
};

/** Halves the number of conversations under the same seed as long as the same rule is broken. */
export async function shrink(
  options: Omit<RunOptions, 'conversations'>,
  broken: { readonly run: Run; readonly violation: Violation },
): Promise<Trace> {
  let best = broken;
  for (let count = Math.floor(best.run.conversations.length / 2); count >= 1; count = Math.floor(count / 2)) {
    const run = await simulate({ ...options, conversations: count });
    const violation = check(run.account).violations.find(({ rule }) => rule === broken.violation.rule);
    if (!violation) break;
    best = { run, violation };
  }
  return traceOf(best.run, best.violation);
}

function traceOf(run: Run, violation: Violation): Trace {
  const { facts } = run.account;
  const { steps } = run.world;
  const index = violation.at === 0 ? -1 : facts.findIndex(({ at }) => at >= violation.at);
  const conversationId = run.conversations.find(({ id }) => violation.says.includes(id))?.id;
  const eventId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(violation.says)?.[0];
  return {
    conversations: run.conversations.length,
    violation,
    step: steps[index] ?? steps.at(-1) ?? 0,
    lines: facts.flatMap((fact, position) => {
      const text = JSON.stringify(fact);
      const isAbout = [conversationId, eventId].some((id) => id !== undefined && text.includes(id));
      return isAbout ? [`${steps[position]} ${lineOf(fact)}`] : [];
    }),
  };
}

function lineOf(fact: Fact): string {
  const at = new Date(fact.at).toISOString();
  if (fact.kind === 'published') return `${at} ${fact.detailType} by ${fact.by}`;
  if (fact.kind === 'failure') return `${at} failure of ${fact.target}: ${fact.cause}`;
  const { kind, at: _at, ...about } = fact;
  return `${at} ${kind} ${JSON.stringify(about)}`;
}

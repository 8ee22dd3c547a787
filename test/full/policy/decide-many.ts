/** Many drawn inputs decided and judged: what came of them, and the first that may not be. */
import * as v from 'valibot';
import { Decision, DecisionInput } from '../../../events/decision.ts';
import { decide } from '../../../policy/decide.ts';
import { broken } from '../../../policy/forbidden.testing.ts';
import { randomFrom, randomInput } from '../../../policy/random-input.testing.ts';

export type Tally = {
  readonly decided: number;
  /** How often each row, template, gate result and reason came up. */
  readonly seen: Readonly<Record<string, number>>;
  /** One line each, the first few. */
  readonly wrong: readonly string[];
};

const MOST_WRONG = 20;
/** Schemas and bytes are looked at for one input in so many: they cost more than the decision. */
const WHOLE_LOOK_EVERY = 50;

/** @param seed  of this part; one input is drawn after the other from it. */
export function decideMany(count: number, seed: number): Tally {
  const random = randomFrom(seed);
  const seen: Record<string, number> = {};
  const wrong: string[] = [];
  let decided = 0;
  for (; decided < count && wrong.length < MOST_WRONG; decided += 1) {
    const input = randomInput(random);
    for (const problem of problemsOf(input, decided % WHOLE_LOOK_EVERY === 0, seen)) {
      wrong.push(`seed ${seed}, input ${decided + 1}: ${problem}`);
    }
  }
  return { decided, seen, wrong };
}

function problemsOf(input: DecisionInput, isLookedAtWhole: boolean, seen: Record<string, number>): string[] {
  try {
    const decision = decide(input);
    const report = decision.gateReport.flatMap(({ gate, result }) =>
      result === 'block' || result === 'downgrade' ? [`${gate} ${result}`] : [],
    );
    for (const name of [decision.row, decision.templateId ?? 'no reply', ...report, ...decision.reasonCodes]) {
      seen[name] = (seen[name] ?? 0) + 1;
    }
    return [...broken(input, decision), ...(isLookedAtWhole ? wholeProblems(input, decision) : [])];
  } catch (error) {
    return [`threw ${error instanceof Error ? error.message : String(error)}`];
  }
}

function wholeProblems(input: DecisionInput, decision: Decision): string[] {
  const again = decide(JSON.parse(JSON.stringify(input)) as DecisionInput);
  return [
    ...(v.is(DecisionInput, input) ? [] : ['the input drawn is none']),
    ...(v.is(Decision, decision) ? [] : ['the decision is none']),
    ...(JSON.stringify(again) === JSON.stringify(decision)
      ? []
      : ['decided otherwise after a round trip through JSON']),
  ];
}

/** C1, C2: what it costs (platform §6.5). */
import { own } from './signal.ts';
import type { AlarmSpec, BudgetWatch } from './types.ts';
import { runbook, watched } from './watch.ts';

const R006 = runbook('R006');
/**
 * Tokens that go into one question: 4,584,691 tokens in 1,350 calls (docs/proof.md, openai-faults). A message asks the
 * classifier once, and it has the longer question.
 */
const TOKENS_PER_QUESTION = 3_400;

export function costAlarms(env: string): readonly AlarmSpec[] {
  return [
    {
      id: 'C1',
      title: 'Questions to the model grow',
      owner: 'engineering',
      runbook: R006,
      first: 'Compare prompt versions before and after; then see whether messages or threads have grown.',
      watches: [
        watched(
          'medium',
          'the tokens of a question (p95 of an hour) more than twice the baseline',
          own(env, 'cost.tokens_in_total', 'p95'),
          { above: 2 * TOKENS_PER_QUESTION, over: [3_600, 1, 1] },
        ),
      ],
    },
    {
      id: 'C2',
      title: 'The budget goes',
      owner: 'engineering',
      runbook: R006,
      first: 'Divide the month’s cost by service; what the model costs stands on dashboard E.',
      watches: [budget('info', 50), budget('medium', 80), budget('high', 100)],
    },
  ];
}

function budget(severity: BudgetWatch['severity'], percent: number): BudgetWatch {
  return { kind: 'budget', severity, percent, says: `${percent} % of a budget` };
}

/** What `--bundled` cannot be had with: a bundle is what AWS runs, and has no switch of one machine in it. */
import type { SharedOptions } from './options.ts';
import { StartProblem } from './problem.ts';
import type { WorkspaceOptions } from './workspace-options.ts';

type Situation = {
  readonly timeScale: number;
  readonly variables: Readonly<Record<string, string | undefined>>;
};

/** Throws `StartProblem` with the cure. */
export function refuseSwitches(
  options: Pick<SharedOptions, 'limits'> & Pick<WorkspaceOptions, 'sandbox'>,
  { timeScale, variables }: Situation,
): void {
  const isSet = (name: string): boolean => (variables[name] ?? '') !== '';
  const objections: readonly (readonly [boolean, string])[] = [
    [timeScale !== 1, 'a bundle keeps the waits as they are: unset FRONTDESK_TIME_SCALE'],
    [options.limits === 'unlimited', 'a bundle keeps the vendor’s budget: leave --unlimited out'],
    [!options.sandbox, 'a bundle cannot be held back from writing to a real workspace: leave --no-sandbox out'],
    [isSet('FRONTDESK_CONFIG'), 'a bundle has config/frontdesk.yaml built in: change that, and unset FRONTDESK_CONFIG'],
    [isSet('OPENAI_BASE_URL'), 'a bundle asks OpenAI’s own address: unset OPENAI_BASE_URL'],
  ];
  const problem = objections.find(([isMet]) => isMet)?.[1];
  if (problem !== undefined) throw new StartProblem(`${problem}, or leave --bundled out.`);
}

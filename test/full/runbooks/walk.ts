/** Walks a runbook as the person on call would: its commands as they stand on the page, on one folder, in their order. */
import { setTimeout as sleep } from 'node:timers/promises';
import { frontdesk, type Ran } from '../../../operate/instance/testing.ts';
import { judged, parseCondition, valueAt } from './condition.ts';
import { type Command, conditionOf, filled, type SectionName, type Step, wordsOf } from './page.ts';

export type Walked = { readonly command: string; readonly seconds: number; readonly times: number };

export type Walker = {
  /** Of the running instance. */
  readonly data: string;
  /** What stands for each placeholder; steps that note something change it. */
  readonly known: Map<string, string>;
  /** What the person does by hand, in the order of the page. */
  readonly deeds: readonly (() => Promise<void>)[];
  /** Beside `npx frontdesk`: `npm start`. */
  readonly start?: () => Promise<void>;
  tell(line: string): void;
};

const AGAIN_AFTER_MS = 2_000;
const AGAIN_WITHIN_MS = 180_000;

/** Runs the steps that this machine takes; throws at the first that does not end as the page says. */
export async function walk(steps: readonly Step[], walker: Walker, from: { deed: number }): Promise<Walked[]> {
  const walked: Walked[] = [];
  for (const step of steps) {
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1_000;
    if (step.kind === 'deed') {
      const deed = walker.deeds[from.deed];
      if (deed === undefined) throw new Error(`nobody plays: ${step.text}`);
      from.deed += 1;
      await deed();
      walker.tell(`by hand: ${step.text} (${seconds().toFixed(1)} s)`);
    } else if (step.reaches !== 'aws') {
      const times = await carryOut(step, walker);
      walked.push({ command: step.line, seconds: seconds(), times });
      walker.tell(`${step.line}${times === 1 ? '' : `, ${times} times`} (${seconds().toFixed(1)} s)`);
    }
  }
  return walked;
}

/** @returns how often it was given */
async function carryOut(command: Command, walker: Walker): Promise<number> {
  const until = performance.now() + AGAIN_WITHIN_MS;
  for (let times = 1; ; times += 1) {
    const { code, out, err } = await run(command, walker);
    const isRefused = code === 1 && command.again === 'while refused';
    if (!isRefused && code !== command.exitCode)
      throw new Error(`${command.line} ended with ${code}: ${(err + out).trim().slice(-1_000)}`);
    if (!isRefused && isOver(command, out, walker)) {
      for (const { path, name } of command.notes) walker.known.set(name, noted(out, path));
      return times;
    }
    if (performance.now() > until) throw new Error(`${command.line} never came to its end: ${(err + out).slice(-500)}`);
    await sleep(AGAIN_AFTER_MS);
  }
}

function isOver({ again }: Command, out: string, { known }: Walker): boolean {
  if (again === null || again === 'while refused') return true;
  return judged(conditionOf(again.until, known), JSON.parse(out)).is;
}

function noted(out: string, path: string): string {
  const found = valueAt(JSON.parse(out), parseCondition(`${path} == null`).path);
  return typeof found === 'string' ? found : JSON.stringify(found);
}

async function run({ line }: Pick<Command, 'line'>, walker: Walker): Promise<Ran> {
  const words = wordsOf(filled(line, walker.known));
  if (line === 'npm start' && walker.start !== undefined) {
    await walker.start();
    return { code: 0, out: '', err: '' };
  }
  if (words[0] !== 'npx' || words[1] !== 'frontdesk') return { code: 2, out: '', err: 'no command of this product' };
  return frontdesk(walker.data, ...words.slice(2));
}

/** What the section says and is not so, each with what was found; empty when it is all true. */
export async function untrueOf(steps: readonly Step[], walker: Walker): Promise<string[]> {
  const untrue: string[] = [];
  for (const step of steps) {
    if (step.kind === 'deed' || step.reaches === 'aws') continue;
    const { code, out, err } = await run(step, walker);
    const line = filled(step.line, walker.known);
    if (code !== step.exitCode) {
      untrue.push(`${line}: exit ${code}${err === '' ? '' : ` (${err.trim().slice(-200)})`}`);
      continue;
    }
    for (const expected of step.expects) {
      const condition = conditionOf(expected, walker.known);
      const { is, found } = judged(condition, JSON.parse(out));
      if (!is) untrue.push(`${line}: ${condition.text}, found ${JSON.stringify(found)}`);
    }
  }
  return untrue;
}

/** Until the section is true; the last word of what is not, and how long it took. */
export async function untilTrue(
  name: SectionName,
  steps: readonly Step[],
  walker: Walker,
  withinMs: number,
): Promise<{ readonly untrue: readonly string[]; readonly seconds: number }> {
  const began = performance.now();
  for (;;) {
    const untrue = await untrueOf(steps, walker);
    const ms = performance.now() - began;
    if (untrue.length === 0 || ms > withinMs) return { untrue, seconds: ms / 1_000 };
    walker.tell(`${name}: not yet true: ${untrue[0]}`);
    await sleep(AGAIN_AFTER_MS);
  }
}

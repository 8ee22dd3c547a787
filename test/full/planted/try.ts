/** One planted bug put to the proof: types, the general simulation with it and without it, the unit tests. */
import { type Bug, filesOf } from '../../simulation/planted/bug.ts';
import type { BugId } from '../../simulation/planted/bugs.ts';
import { type Hunted, hunt } from '../../simulation/planted/hunt.ts';
import type { TypeCheck } from './types.ts';
import { type Noticed, unitTestsWith } from './unit-tests.ts';

/** Conversations of a world, and how many there may be in all (issue 7). */
const WORLD = 250;
const MOST = 10_000;

export type Tried = {
  readonly id: BugId;
  readonly clause: string;
  readonly files: readonly string[];
  /** `null`: not within 10,000 conversations. */
  readonly caught: {
    readonly after: number;
    readonly seed: string;
    readonly rules: readonly string[];
    readonly says: string;
  } | null;
  /** What the tree without the bug breaks in the same worlds; nothing, where the bug alone is to blame. */
  readonly without: readonly string[];
  /** What the compiler says of the edited tree. */
  readonly types: string;
  /** `null`: not run. */
  readonly units: Noticed | null;
};

export async function tryBug(bug: Bug & { readonly id: BugId }, types: TypeCheck, hasUnits: boolean): Promise<Tried> {
  const worlds = Array.from({ length: MOST / WORLD }, (_value, index) => ({
    // As the command line calls the only world of a run.
    seed: `planted/${bug.id}/${index + 1}/1`,
    conversations: WORLD,
    faults: 'all' as const,
  }));
  const caught = await firstCaught(bug, worlds);
  const same = caught ? worlds.slice(0, worlds.findIndex(({ seed }) => seed === caught.seed) + 1) : [];
  return {
    id: bug.id,
    clause: bug.clause,
    files: filesOf(bug),
    caught,
    without: await brokenWithout(same),
    types: await types.of(bug),
    units: hasUnits ? await unitTestsWith(bug) : null,
  };
}

/** The first world in which a rule is broken that the bug is said to break. */
async function firstCaught(bug: Bug & { readonly id: BugId }, worlds: readonly World[]): Promise<Tried['caught']> {
  let after = 0;
  for await (const { seed, conversations, violations } of hunt({ bug: bug.id, worlds })) {
    after += conversations;
    const first = violations.find(({ rule }) => bug.rules.includes(rule));
    if (first) return { after, seed, rules: rulesIn(violations), says: `${first.rule}: ${first.says}` };
  }
  return null;
}

async function brokenWithout(worlds: readonly World[]): Promise<string[]> {
  if (worlds.length === 0) return [];
  const broken: string[] = [];
  for await (const { seed, violations } of hunt({ bug: null, worlds }))
    broken.push(...rulesIn(violations).map((rule) => `${rule} (${seed})`));
  return broken;
}

type World = { readonly seed: string; readonly conversations: number; readonly faults: 'all' };
const rulesIn = (violations: Hunted['violations']): string[] => [...new Set(violations.map(({ rule }) => rule))];

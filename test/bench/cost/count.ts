/** Plays every path through a real instance and counts: the table of config/cost/counts.yaml, measured. */
import { readFileSync } from 'node:fs';
import {
  type Counted,
  type Counts,
  type Extra,
  type FixedRun,
  MESSAGE_PATHS,
  type MessagePath,
  RUNS,
} from '../../../config/cost/counts.ts';
import type { AnyEvent } from '../../../events/define-event.ts';
import { SHIPPED_SET } from '../../../local/demo/options.ts';
import { parseRows } from '../../../local/demo/rows.ts';
import { parseFaultRule } from '../../../local/sandbox/faults/rules.ts';
import { pathOf } from '../../../operate/cost/path.ts';
import { median } from '../row.ts';
import { conversationFor } from './paths.ts';
import { byPath, openScene, type Played, type Scene } from './scene.ts';
import { beyond, leastOf, only, together } from './tally.ts';

export type CountOptions = {
  /** How often each path is played; the least counts. */
  readonly rounds: number;
  readonly say: (line: string) => void;
};

export type Counting = Pick<Counts, 'paths' | 'extras' | 'runs' | 'billed_ms' | 'metrics'> & {
  /** Facts of one message of each path. */
  readonly facts: Readonly<Record<MessagePath, readonly AnyEvent[]>>;
};

/** What a container reads once and keeps for a while: by the clock, not by the path. Told apart, for containers that have read nothing yet. */
const isCached = (name: string): boolean => /^(ssm|secrets)\.|^sqs\.GetQueueUrl /.test(name);

export async function countPaths({ rounds, say }: CountOptions): Promise<Counting> {
  const scene = await openScene();
  const stage = onStage(scene);
  const billed = new Map<string, number[]>();
  const note = (played: Played): Played => {
    for (const [name, times] of Object.entries(played.billedMs))
      billed.set(name, [...(billed.get(name) ?? []), ...times]);
    return played;
  };
  try {
    const runs = {} as Record<FixedRun, Counted>;
    // Before anybody has written: nothing is open, nothing is to be sealed.
    for (const name of RUNS) {
      await scene.run(name);
      runs[name] = lasting(leastOf(await times(rounds, async () => note(await scene.run(name)).counted)));
    }
    const cold = await stage.play('tier-2-resolve', 1);
    const paths = {} as Record<MessagePath, Counted>;
    const facts = {} as Record<MessagePath, readonly AnyEvent[]>;
    for (const path of MESSAGE_PATHS) {
      say(`cost: ${path}`);
      const [warmUp, ...played] = await stage.play(path, rounds + 1);
      if (warmUp === undefined) throw new Error('nothing was played');
      paths[path] = lasting(leastOf(played.map((one) => note(one).counted)));
      facts[path] = played[0]?.facts ?? [];
    }
    const firstCold = cold[0];
    if (firstCold === undefined) throw new Error('nothing was played');
    const extras = {
      ...(await countExtras(stage, paths, rounds, say)),
      'cold-caches': only(firstCold.counted, isCached),
    };
    return {
      paths,
      extras,
      runs,
      facts,
      billed_ms: Object.fromEntries([...billed].toSorted().map(([name, all]) => [name, median(all)])),
      metrics: scene.metrics(),
    };
  } finally {
    await scene.close();
  }
}

async function countExtras(
  { scene, play }: OnStage,
  paths: Readonly<Record<MessagePath, Counted>>,
  rounds: number,
  say: (line: string) => void,
): Promise<Record<Exclude<Extra, 'cold-caches'>, Counted>> {
  say('cost: a duplicate webhook, a busy helpdesk, a message without a name');
  const plain = paths['tier-1-reply'];
  await play('tier-1-reply', 1);
  const again = await times(rounds, async () => (await scene.knockAgain()).counted);
  const parked = await times(rounds, async () => {
    scene.fault([busyOnce()]);
    return countedOf(await play('tier-1-reply', 1));
  });
  scene.nameMessages(false);
  const unnamed = countedOf(await play('tier-1-reply', 1));
  const look = (await scene.looks()).counted;
  return {
    'unnamed-message': lasting(together(beyond(unnamed, plain), look)),
    'duplicate-webhook': lasting(leastOf(again)),
    'parked-once': lasting(beyond(leastOf(parked), plain)),
  };
}

/** What a path asks beyond what its caches do. */
function lasting({ operations, bytes }: Counted): Counted {
  return { operations: Object.fromEntries(Object.entries(operations).filter(([name]) => !isCached(name))), bytes };
}

function countedOf([played]: readonly Played[]): Counted {
  if (played === undefined) throw new Error('nothing was played');
  return played.counted;
}

/** The least of two countings. */
export function leastCounts(left: Counting, right: Counting): Counting {
  const least = <N extends string>(a: Readonly<Record<N, Counted>>, b: Readonly<Record<N, Counted>>) =>
    Object.fromEntries(Object.keys(a).map((name) => [name, leastOf([a[name as N], b[name as N]])])) as Record<
      N,
      Counted
    >;
  return {
    ...left,
    paths: least(left.paths, right.paths),
    extras: least(left.extras, right.extras),
    runs: least(left.runs, right.runs),
  };
}

/** Messages of the shipped set by path, all of them played on an instance without the vendor's limits. */
export async function countMix(say: (line: string) => void): Promise<Counts['mix']> {
  const scene = await openScene('unlimited');
  try {
    const { rows } = parseRows(readFileSync(SHIPPED_SET, 'utf8'));
    say(`cost: the shipped mix, ${rows.length} messages`);
    const { facts } = await scene.play(rows, { concurrency: 20 });
    const found = byPath(facts);
    const share = (name: string): number => found.get(name) ?? 0;
    return {
      ...(Object.fromEntries(MESSAGE_PATHS.map((path) => [path, share(path)])) as Record<MessagePath, number>),
      none: share('none'),
    };
  } finally {
    await scene.close();
  }
}

type OnStage = { readonly scene: Scene; play(path: MessagePath, count: number): Promise<Played[]> };

/** Every message is of a round of its own. Throws when one took another path than it stands for. */
function onStage(scene: Scene): OnStage {
  let round = 0;
  return {
    scene,
    async play(path, count) {
      const played: Played[] = [];
      for (let left = count; left > 0; left -= 1) {
        round += 1;
        const rows = conversationFor(path, round);
        const before = rows.slice(0, -1);
        if (before.length > 0) await scene.play(before);
        const one = await scene.play(rows.slice(-1));
        const took = pathOf(one.facts);
        if (took !== path) throw new Error(`a message took ${took ?? 'no path'} in place of ${path}`);
        played.push(one);
      }
      return played;
    },
  };
}

/** A 503 for every attempt of one invocation's first read: what was asked waits in the later queue once. */
function busyOnce(): Exclude<ReturnType<typeof parseFaultRule>, string> {
  const rule = parseFaultRule({
    match: { method: 'GET', path: '/v1/tickets/*' },
    times: 2,
    fault: { name: 'status', status: 503 },
  });
  if (typeof rule === 'string') throw new Error(rule);
  return rule;
}

async function times<T>(count: number, run: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let round = 0; round < count; round += 1) all.push(await run());
  return all;
}

/** A violated run of many becomes one conversation and the fault that matters, and its command has it again. */
import { describe, expect, it } from 'vitest';
import { check } from '../checker/check.ts';
import type { RuleName } from '../checker/rules.ts';
import { type FaultPlan, operationOf } from '../kernel/faults.ts';
import { readOptions } from '../options.ts';
import { type RunOptions, scriptOf, simulate } from '../run.ts';
import { shrink } from '../shrink.ts';
import type { Defects } from '../world/world.ts';
import { runCase } from './again.ts';
import { type Case, type CaseWords, caseOf, optionsOf, wordsOf } from './case.ts';
import { ddmin } from './ddmin.ts';

/** The door to the customer forgets its claims: what dies after it has sent sends again. */
const forgetful: Partial<Defects> = {
  store: (store) => ({
    ...store,
    put: (table, item, condition) =>
      store.put(table, item, String(item.key).startsWith('act:rp_reply:') ? undefined : condition),
    get: async (table, key) => (key.key?.startsWith('act:rp_reply:') ? null : store.get(table, key)),
  }),
};

/** A publisher that does not read which entries the bus refused. */
const deaf: Partial<Defects> = {
  bus: (bus) => ({ putEvents: async (entries) => ({ ...(await bus.putEvents(entries)), failed: [] }) }),
};

/** What `npm run simulate` makes of a command. */
function wordsIn(command: string): CaseWords {
  const read = readOptions(command.split(' -- ')[1]?.split(' ') ?? []);
  if (read.ok !== true || !read.options.case) throw new Error(`no case in "${command}"`);
  return read.options.case;
}

/** Delays here and there, and the first two senders die with their message under way. */
function noisyPlan(): FaultPlan {
  let sends = 0;
  return (call) => {
    if (operationOf(call) === 'responder-reply sender.send' && ++sends <= 2) return { kind: 'crash-after', ms: 0 };
    return call.ordinal % 50 === 0 ? { kind: 'delay', ms: 300 } : undefined;
  };
}

/** Runs, shrinks, and has the smallest run again by its command. */
async function shrunk(options: RunOptions, plan: () => Partial<RunOptions>, rule: RuleName) {
  const run = await simulate({ ...options, ...plan() });
  const violation = check(run.account).violations.find((one) => one.rule === rule);
  if (!violation) throw new Error('the planted bug does not show');
  const said: string[] = [];
  const trace = await shrink(
    { ...options, ...plan() },
    { run, violation },
    { budget: 80, say: (line) => said.push(line) },
  );
  const again = await simulate(optionsOf(options, caseOf(options, wordsIn(trace.command))));
  return { trace, said, again, rules: check(again.account).violations.map((one) => one.rule) };
}

describe('shrink', () => {
  it('comes down to one conversation, one act and the fault that breaks the rule', async () => {
    const options: RunOptions = {
      seed: 'shrink/10',
      conversations: 12,
      faults: ['duplicate', 'stale-read', 'burst', 'customer-acts'],
      hours: 0.5,
      helpdesk: { replyLagMs: 3_000_000 },
      bus: { duplicate: 1 },
      defects: forgetful,
    };
    const { trace, again, rules } = await shrunk(options, () => ({ plan: noisyPlan() }), 'one-claim');
    expect(trace).toMatchObject({ conversations: 1, faults: 1, violation: { rule: 'one-claim' } });
    expect(trace.lines.filter((line) => line.includes(' call '))).toEqual([expect.stringContaining(': crash-after')]);
    expect(trace.lines.filter((line) => line.includes('claimed'))).toHaveLength(2);
    expect(rules).toContain('one-claim');
    expect(again.conversations.map(({ acts }) => acts.length)).toEqual([1]);
  }, 120_000);

  it('finds the one kind of fault that matters where none of a port call does', async () => {
    const options: RunOptions = {
      seed: 'shrink/4',
      conversations: 12,
      faults: 'all',
      bus: { failedEntries: 0.2 },
      defects: deaf,
    };
    const { trace, said, rules } = await shrunk(options, () => ({}), 'lost');
    expect(said.at(-1)).toContain('1 conversations, 1 acts, 0 faults of calls');
    expect(trace).toMatchObject({ conversations: 1, faults: 0 });
    expect(rules).toContain('lost');
  }, 120_000);
});

describe('ddmin', () => {
  it.each([
    { needed: [3], items: 20 },
    { needed: [2, 17], items: 20 },
    { needed: [0, 1, 2], items: 3 },
    { needed: [], items: 9 },
  ])('finds $needed among $items', async ({ needed, items }) => {
    const asked: number[] = [];
    const found = await ddmin(
      Array.from({ length: items }, (_value, index) => index),
      async (kept) => {
        asked.push(kept.length);
        return needed.every((one) => kept.includes(one));
      },
    );
    expect(found).toEqual(needed);
    expect(asked.length).toBeLessThan(60);
  });
});

describe('the words of a case', () => {
  const options: RunOptions = { seed: 7, conversations: 4, faults: 'all' };

  it('say all of it', () => {
    const { id } = scriptOf(options).conversations[2] ?? { id: '' };
    const whole: Case = {
      only: [{ id, acts: [0] }],
      kinds: ['stale-read'],
      at: [{ ordinal: 57, kind: 'zombie', ms: 30 }],
      draw: 3,
    };
    const words = wordsOf(whole);
    expect(words).toEqual(['--only', `${id}:0`, '--with', 'stale-read', '--at', '57:zombie:30', '--draw', '3']);
    expect(caseOf(options, wordsIn(`x -- ${words.join(' ')}`))).toEqual(whole);
  });

  it('name a conversation by its number, with all its acts and all faults of the run', () => {
    const { id, acts } = scriptOf(options).conversations[0] ?? { id: '', acts: [] };
    const { only, kinds, at } = caseOf(options, { only: 'conv-1' });
    expect([only, at]).toEqual([[{ id, acts: acts.map((_act, index) => index) }], null]);
    expect(kinds).toContain('crash-after');
  });

  it('are nothing without --only', () => {
    expect(readOptions(['--at', '57:error'])).toMatchObject({ ok: false, says: expect.stringContaining('--only') });
  });

  it.each([
    [{ only: 'conv-9' }, 'conv-9'],
    [{ only: 'conv-1:40' }, 'acts'],
    [{ only: 'conv-1', with: 'rain' }, 'rain'],
    [{ only: 'conv-1', at: 'soon:error' }, 'soon'],
  ])('%j is refused by name', (words, says) => expect(() => caseOf(options, words)).toThrow(says));
});

describe('a case again', () => {
  const options: RunOptions = { seed: 'again/1', conversations: 4, faults: 'all' };

  it('tells what happened and whether a rule is broken', async () => {
    const said: string[] = [];
    expect(await runCase(options, { only: 'conv-2', with: 'none', at: 'none' }, (line) => said.push(line))).toBe(0);
    expect(said.filter((line) => line.includes(' told MessageSettled'))).not.toEqual([]);
    expect(said.filter((line) => line.includes(' call '))).toEqual([]);
  });

  it('says what does not fit', async () => {
    const said: string[] = [];
    expect(await runCase(options, { only: 'conv-9' }, (line) => said.push(line))).toBe(2);
    expect(said).toEqual([expect.stringContaining('conv-9')]);
  });
});

/** `drill [NAME]`: tables are lost on a copy of the state and rebuilt, and the copy proves that nothing is sent twice. */
import type { Answer, Context } from '../context.ts';
import { chosenDrills, DRILLS } from '../drill/drills.ts';
import type { Regained } from '../drill/holdings.ts';
import { drillSwitch, type Switched } from '../drill/kill-switch.ts';
import { requireAnswered } from '../drill/proof.ts';
import { baselineOf, type Drilled, runDrill } from '../drill/run.ts';
import { openScratch, requireDrillable, type Scratch } from '../drill/scratch.ts';
import { Failure } from '../failure.ts';
import { durationText, table } from '../table.ts';
import { count } from '../text.ts';

export async function drill(
  context: Context,
  name: string | undefined,
  { list = false }: { readonly list?: boolean },
): Promise<Answer> {
  if (name === KILL_SWITCH && !list)
    return inScratch(context, (scratch, signal) => killSwitch(context, scratch, signal));
  const chosen = chosenDrills(name);
  if (list) return listAnswer();
  return inScratch(context, async (scratch, signal) => {
    const baseline = await baselineOf(context, scratch, signal);
    requireAnswered(baseline.answered, context.dataDirGiven);
    if (baseline.underWay > 0)
      context.note(`${count(baseline.underWay, 'message')} of the copy did not come to rest and may differ`);
    const drilled: Drilled[] = [];
    for (const one of chosen) drilled.push(await runDrill(context, scratch, baseline, one, signal));
    return answerOf(drilled, baseline.replies);
  });
}

/** With a copy of its own, which is gone when it ends, however it ends. */
async function inScratch(
  context: Context,
  run: (scratch: Scratch, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  requireDrillable(context);
  const scratch = openScratch(context);
  const stopping = new AbortController();
  // The copy dies at once, so that whatever waits for it ends as well.
  const interrupt = (): void => {
    stopping.abort();
    scratch.remove();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await run(scratch, stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    throw new Failure('interrupted', 'the drill was interrupted; its copy is deleted', 'start it again');
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    scratch.remove();
  }
}

const KILL_SWITCH = 'kill-switch';
const APPROVALS = 200;
/** Of one machine with the sandbox's usual latency (issue 8). */
const RETURNS_WITHIN_MS = 5_000;

async function killSwitch(context: Context, scratch: Scratch, signal: AbortSignal): Promise<Answer> {
  context.note('copying the state and starting the copy');
  const copy = await scratch.start(await scratch.copy(context.dataDir, KILL_SWITCH), 1);
  const rowOf = (one: Switched) => [one.level, one.approvals, one.before, one.during, one.after, durationText(one.ms)];
  const levels = await drillSwitch(copy, APPROVALS, signal, (one) =>
    context.note(`${one.level}: ${one.approvals} approved, ${one.after} after the return, ${durationText(one.ms)}`),
  );
  await copy.stop();
  const after = levels.reduce((sum, one) => sum + one.after, 0);
  const ms = Math.max(...levels.map((one) => one.ms));
  const passed = after === 0 && ms <= RETURNS_WITHIN_MS && levels.every(({ approvals }) => approvals >= APPROVALS);
  return {
    value: { passed, after, ms, levels },
    text: [
      table(
        ['level', 'approved, not sent', 'sent before', 'while it ran', 'after it returned', 'took'],
        levels.map(rowOf),
      ),
      '',
      passed
        ? `No reply after the return at any level; the slowest took ${durationText(ms)}.`
        : `NOT passed: ${after} after the return, the slowest took ${durationText(ms)} (${durationText(RETURNS_WITHIN_MS)} at most).`,
    ].join('\n'),
    exitCode: passed ? 0 : 1,
  };
}

function listAnswer(): Answer {
  const tables = DRILLS.map(({ name, tables: lost, says }) => ({ name, tables: lost, says }));
  const says = 'nothing: approved replies are stopped at every level, and timed';
  const value = [...tables, { name: KILL_SWITCH, tables: [], says }];
  return {
    value,
    text: table(
      ['drill', 'what is lost'],
      value.map(({ name, says }) => [name, says]),
    ),
  };
}

export function answerOf(drills: readonly Drilled[], replies: number): Answer {
  const passed = drills.every((one) => one.passed);
  const total = {
    rtoMs: Math.max(...drills.map(({ rtoMs }) => rtoMs)),
    rpoMs: Math.max(...drills.map(({ rpoMs }) => rpoMs)),
    sends: drills.reduce((sum, { provoked }) => sum + provoked.sends, 0),
    writes: drills.reduce((sum, { provoked }) => sum + provoked.writes, 0),
  };
  const rows = drills.map((one) => [
    one.name,
    durationText(one.rtoMs),
    durationText(one.rpoMs),
    restoredText(one.tables),
    one.readModels.equal ? `equal (${count(one.readModels.rows, 'row')})` : 'DIFFERENT',
    one.provoked.sends,
    one.provoked.writes,
    passedText(one),
  ]);
  const heads = ['lost', 'RTO', 'RPO', 'rows back', 'read models', 'sends', 'writes', 'passed'];
  const notes = drills.flatMap((one) => [
    ...one.tables.flatMap((lost) => noteOf(one.name, lost)),
    ...sinceOf(one),
    ...emptyNotes(one),
  ]);
  const firstPassed = drills[0]?.provoked;
  const text = [
    table(heads, rows),
    '',
    ...new Set(notes),
    `After each rebuild both archives were replayed in full and ${count(firstPassed?.webhooks ?? 0, 'webhook')} of answered messages fired again.`,
    passed
      ? `Proven whole: ${count(replies, 'reply', 'replies')} before, none since; RTO at most ${durationText(total.rtoMs)}.`
      : 'NOT proven: see above.',
  ].join('\n');
  return { value: { passed, repliesBefore: replies, ...total, drills }, text, exitCode: passed ? 0 : 1 };
}

function passedText({ passed, empty }: Drilled): string {
  if (passed) return 'yes';
  return empty.length > 0 ? 'not proven' : 'NO';
}

function emptyNotes({ name, empty }: Drilled): string[] {
  const cure = 'let messages come in and be answered first, then drill again';
  return empty.map((lost) => `${name}: not proven: ${lost} held nothing here that can be rebuilt; ${cure}`);
}

function restoredText(tables: readonly Regained[]): string {
  const [held, restored] = [
    tables.reduce((sum, { held: n }) => sum + n, 0),
    tables.reduce((sum, { restored: n }) => sum + n, 0),
  ];
  return `${restored} of ${held}`;
}

function sinceOf({ name, readModels }: Drilled): string[] {
  const kinds = Object.entries(readModels.since).map(([event, rows]) => `${rows} ${event}`);
  return kinds.length === 0 ? [] : [`${name}: besides, of facts stated since the loss: ${kinds.join(', ')}`];
}

function noteOf(name: string, { table: lost, notRebuilt, why }: Regained): string[] {
  if (why === null || name === 'all-tables') return [];
  const kinds = Object.entries(notRebuilt).map(([kind, rows]) => `${rows} ${kind}`);
  return [`${lost}: not back: ${kinds.join(', ')} (${why})`];
}

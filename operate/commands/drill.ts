/** `drill [NAME]`: tables are lost on a copy of the state and rebuilt, and the copy proves that nothing is sent twice. */
import type { Answer, Context } from '../context.ts';
import { chosenDrills, DRILLS } from '../drill/drills.ts';
import type { Regained } from '../drill/holdings.ts';
import { baselineOf, type Drilled, runDrill } from '../drill/run.ts';
import { openScratch, requireDrillable } from '../drill/scratch.ts';
import { Failure } from '../failure.ts';
import { durationText, table } from '../table.ts';
import { count } from '../text.ts';

export async function drill(
  context: Context,
  name: string | undefined,
  { list = false }: { readonly list?: boolean },
): Promise<Answer> {
  const chosen = chosenDrills(name);
  if (list) return listAnswer();
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
    const baseline = await baselineOf(context, scratch, stopping.signal);
    if (baseline.underWay > 0)
      context.note(`${count(baseline.underWay, 'message')} of the copy did not come to rest and may differ`);
    const drilled: Drilled[] = [];
    for (const one of chosen) drilled.push(await runDrill(context, scratch, baseline, one, stopping.signal));
    return answerOf(drilled, baseline.replies);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    throw new Failure('interrupted', 'the drill was interrupted; its copy is deleted', 'start it again');
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    scratch.remove();
  }
}

function listAnswer(): Answer {
  const value = DRILLS.map(({ name, tables, says }) => ({ name, tables, says }));
  return {
    value,
    text: table(
      ['drill', 'what is lost'],
      value.map(({ name, says }) => [name, says]),
    ),
  };
}

function answerOf(drills: readonly Drilled[], replies: number): Answer {
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
    one.passed ? 'yes' : 'NO',
  ]);
  const heads = ['lost', 'RTO', 'RPO', 'rows back', 'read models', 'sends', 'writes', 'passed'];
  const notes = drills.flatMap((one) => [...one.tables.flatMap((lost) => noteOf(one.name, lost)), ...sinceOf(one)]);
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

/** `replay plan`, `list`, and what came of one: nothing is begun, nothing is changed. */
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { placeOf } from '../instance/place.ts';
import { endpointTables } from '../instance/tables.ts';
import { localTime, parseInstant } from '../instants.ts';
import { withDriving } from '../replay/driving.ts';
import { estimateOf } from '../replay/estimate.ts';
import { refuseUnhealthy } from '../replay/health.ts';
import { requireName, unknownReplay } from '../replay/named.ts';
import { countInFlight } from '../replay/pace.ts';
import { checkPeriod, chooseRule } from '../replay/plan.ts';
import { another, outlookOf, refuseImpossible, unfinishedRun } from '../replay/prepare.ts';
import {
  answerOf,
  describe,
  type PlanRefusal,
  planValue,
  type ReplayPlan,
  type RunValue,
  runValue,
} from '../replay/report.ts';
import { newRun, openRuns } from '../replay/runs.ts';
import { countSends } from '../replay/sends.ts';
import { businessZone } from '../shop.ts';
import { durationText, table } from '../table.ts';
import type { StartOptions } from './replay.ts';

/** What `start` would do, and what stands against it: nothing is begun. */
export async function planReplay(
  context: Context,
  options: Pick<StartOptions, 'purpose' | 'from' | 'to' | 'rule'>,
): Promise<Answer & { readonly value: ReplayPlan }> {
  const zone = businessZone(context.variables);
  const now = Date.now();
  const period = { from: parseInstant(options.from, zone, now), to: parseInstant(options.to, zone, now) };
  const choice = chooseRule(options.purpose, options.rule);
  const place = placeOf(context);
  return withDriving(context, place, async (driving) => {
    const refusals = await refusalsOf([
      () => checkPeriod(period, { ...choice, ingestionMs: place.ingestionMs }, now),
      async () => {
        const unfinished = await unfinishedRun(driving);
        if (unfinished !== undefined) throw another(unfinished.name);
        await refuseImpossible(driving, choice);
      },
      () => refuseUnhealthy(place),
    ]);
    const isPeriod = period.from < period.to && period.to <= now;
    // Of a period that is none, nothing is asked.
    const outlook = await outlookOf(driving, choice, {
      cursor: period.from,
      to: isPeriod ? period.to : period.from - 1,
    });
    const value = planValue(choice, period, outlook, {
      inFlight: await countInFlight(driving.tables, period, { purpose: choice.purpose }),
      estimate: estimateOf(outlook.events, choice.rule, await driving.runs.all(), context.target),
      refusals,
    });
    const told = [describe(context, place, newRun(choice, period, now), outlook), ...takesText(value)];
    const against = refusals.map(({ message, cure }) => `refused: ${message} (${cure})`);
    return { value, text: [...told, ...against].join('\n') };
  });
}

/** Its first window waits for nobody: nothing of the period was replayed yet. */
function takesText({ estimate, inFlight, mostInFlight }: ReplayPlan): string[] {
  const takes = `It would take about ${durationText(estimate.ms)}`;
  if (inFlight < mostInFlight) return [`${takes}.`];
  return [
    `If it began now, it would wait once its first window is handed on: ${inFlight} messages of this period are under way, and fewer than ${mostInFlight} have to be.`,
    `${takes} once that is so.`,
  ];
}

/** Each in turn: one that is refused hides no other. */
async function refusalsOf(checks: readonly (() => void | Promise<void>)[]): Promise<PlanRefusal[]> {
  const refusals: PlanRefusal[] = [];
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { code, message, cure } = error;
      refusals.push({ code, message, cure, isOverridable: code === 'unhealthy' });
    }
  }
  return refusals;
}

const MOST_LISTED = 100;

/** The newest of the runs that are remembered, the newest first. */
export async function listReplays(context: Context): Promise<Answer & { readonly value: readonly RunValue[] }> {
  const runs = openRuns(placeOf(context));
  const zone = businessZone(context.variables);
  try {
    const value = (await runs.all()).slice(0, MOST_LISTED).map((run) => runValue(run));
    const rows = value.map((run) => [
      run.name,
      run.status,
      run.rule,
      `${localTime(run.from, zone)} to ${localTime(run.to, zone)}`,
      `${run.events} of ${run.eventsExpected}`,
    ]);
    const text = table(
      ['replay', 'status', 'reaches', `period (${zone.name})`, 'events'],
      rows,
      'Nothing was replayed.',
    );
    return { value, text };
  } finally {
    runs.close();
  }
}

/** How a run stands, and that nothing was sent because of it. */
export async function replayResult(
  context: Context,
  name: string,
): Promise<Answer & { readonly value: RunValue & { readonly sends: number } }> {
  requireName(name);
  const place = placeOf(context);
  const runs = openRuns(place);
  const tables = endpointTables(place);
  try {
    const run = await runs.find(name);
    if (run === null) throw unknownReplay();
    const answer = answerOf(context, run);
    return { ...answer, value: { ...runValue(run), sends: await countSends(tables, run, Date.now()) } };
  } finally {
    runs.close();
    await tables.close();
  }
}

/** One drill from the loss to the proof, by the very commands of docs/recovery.md. */
import * as v from 'valibot';
import type { TableName } from '../../functions/shared/store/language.ts';
import { setFlag } from '../commands/flags.ts';
import { type Recovered, recover } from '../commands/recover.ts';
import { resume } from '../commands/resume.ts';
import { stop } from '../commands/stop.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import type { Instance } from '../instance/instance.ts';
import type { Drill } from './drills.ts';
import {
  type AllHoldings,
  type Compared,
  comparedDumps,
  type Dump,
  holdingsOf,
  type Regained,
  readModelDump,
  regained,
} from './holdings.ts';
import { emptyOf } from './proof.ts';
import { answeredIn, fireAgain, replayAll, untilCalm } from './provoke.ts';
import { type Copy, loseTables, type Scratch } from './scratch.ts';
import { isRoutedOnly, leaveUnderWay, outcomeOf, repliesTo, type TakenUp } from './under-way.ts';

/** The copy at rest, before anything is lost. */
export type Baseline = {
  readonly folder: string;
  readonly holdings: AllHoldings;
  readonly readModels: Dump;
  readonly answered: readonly { readonly conversationId: string; readonly commentId: string }[];
  readonly replies: number;
  readonly writes: number;
  /** Tickets that were written to. */
  readonly written: ReadonlySet<string | null>;
  readonly underWay: number;
};

export type Step = { readonly name: string; readonly ms: number };

export type Drilled = {
  readonly name: string;
  readonly passed: boolean;
  /** From the loss to replies being enabled again, without what only the proof waits for. */
  readonly rtoMs: number;
  /** The most of what was lost for good and should not be. */
  readonly rpoMs: number;
  readonly steps: readonly Step[];
  readonly tables: readonly Regained[];
  /** Lost tables that held nothing to bring back: then nothing was proven. */
  readonly empty: readonly TableName[];
  readonly readModels: Compared;
  readonly recovered: Recovered;
  /** The message that was under way when the ledger was lost; `null` where the ledger was not. */
  readonly takenUp: TakenUp | null;
  /** Afterwards, while both archives were replayed and old webhooks fired again. */
  readonly provoked: {
    readonly webhooks: number;
    readonly replays: number;
    readonly sends: number;
    readonly writes: number;
  };
};

const REASON = { reason: 'recovery drill' } as const;
const PROOF = 'proof: ';

export async function baselineOf(context: Context, scratch: Scratch, signal: AbortSignal): Promise<Baseline> {
  context.note('copying the state and letting the copy come to rest');
  const folder = await scratch.copy(context.dataDir, 'base');
  const copy = await scratch.start(folder);
  const underWay = await untilCalm(copy, signal);
  const { instance } = copy;
  const baseline = {
    folder,
    holdings: await holdingsOf(instance),
    readModels: await readModelDump(instance),
    answered: await answeredIn(instance),
    ...(await seen(instance)),
    underWay,
  };
  await copy.stop();
  return baseline;
}

export async function runDrill(
  context: Context,
  scratch: Scratch,
  baseline: Baseline,
  { name, tables }: Drill,
  signal: AbortSignal,
): Promise<Drilled> {
  const folder = await scratch.copy(baseline.folder, name);
  // Where the ledger stands, the sweeper takes it up as on any day, and it may be answered for the first time.
  const underWay = tables.includes('idempotency') ? await leaveIn(context, scratch, folder, name, signal) : null;
  loseTables(folder, tables);
  const lostAt = Date.now();
  const steps: Step[] = [];
  const step = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    context.note(`${name}: ${what}`);
    const began = performance.now();
    const result = await run();
    steps.push({ name: what, ms: Math.round(performance.now() - began) });
    return result;
  };
  const copy = await step('start, which makes the tables anew', () => scratch.start(folder));
  let outcome: string | null = null;
  const recovered = await rebuild(copy.context, step, tables, async () => {
    if (underWay !== null) outcome = await outcomeOf(copy, underWay, signal);
  });
  const regainedTables = await holdingsOf(copy.instance).then((after) =>
    tables.map((table: TableName) => regained(table, baseline.holdings[table], after[table], lostAt)),
  );
  const after = await readModelDump(copy.instance, underWay);
  await step('resume', () => resume(copy.context, { level: 'automation', override: true, ...REASON }));
  const rtoMs = steps.reduce((sum, { name: what, ms }) => (what.startsWith(PROOF) ? sum : sum + ms), 0);
  const provoked = await provoke(copy, baseline, step, signal);
  const takenUp =
    underWay === null ? null : { conversationId: underWay, outcome, replies: await repliesTo(copy, underWay) };
  const isTakenUp = takenUp === null || isRoutedOnly(takenUp);
  if (takenUp !== null && !isTakenUp)
    context.note(`${name}: the message under way ended as ${outcome ?? 'nothing'}, with replies: ${takenUp.replies}`);
  await copy.stop();
  const readModels = comparedDumps(baseline.readModels, after, lostAt);
  const isWhole = regainedTables.every(({ lost }) => lost === 0);
  const isSilent = provoked.sends === 0 && provoked.writes === 0;
  const empty = emptyOf(tables, baseline.holdings);
  return {
    name,
    passed: isWhole && isSilent && isTakenUp && readModels.equal && empty.length === 0,
    rtoMs,
    rpoMs: Math.max(...regainedTables.map(({ rpoMs }) => rpoMs)),
    steps,
    tables: regainedTables,
    empty,
    readModels,
    recovered,
    takenUp,
    provoked,
  };
}

/** Leaves a message under way in a folder at rest, which is at rest again afterwards. */
async function leaveIn(context: Context, scratch: Scratch, folder: string, name: string, signal: AbortSignal) {
  context.note(`${name}: leaving a message under way`);
  const copy = await scratch.start(folder);
  const conversationId = await leaveUnderWay(copy, signal);
  await copy.stop();
  return conversationId;
}

type Stepping = <T>(what: string, run: () => Promise<T>) => Promise<T>;

/**
 * docs/recovery.md, steps 2 to 6 and the first half of 8: the second `recover` reads what the replay brought back into the trail.
 * Step 7 is a person's; `proveTakenUp` stands for it, as soon as the message under way can have been taken up.
 */
async function rebuild(
  context: Context,
  step: Stepping,
  tables: readonly TableName[],
  proveTakenUp: () => Promise<void>,
): Promise<Recovered> {
  const proven = () => step(`${PROOF}the message under way is taken up`, proveTakenUp);
  // Then the recovery archive alone still has it.
  const isTrailLost = tables.includes('audit_trail');
  await step('stop', () => stop(context, { level: 'automation', ...REASON }));
  await step('recover', () => recovering(context));
  if (tables.includes('idempotency') && !isTrailLost) await proven();
  await step('replay the facts archive to the auditor', () => replayAll(context, 'rebuild'));
  let recovered = await step('recover from what the replay brought back', () => recovering(context));
  if (tables.includes('idempotency') && isTrailLost) {
    await step('replay the recovery archive to intake', () => replayAll(context, 'recovery'));
    await proven();
    recovered = await step('recover what that has left', () => recovering(context));
  }
  const generation = String(recovered.ledgerGeneration);
  await step('flag ledger_whole', () => setFlag(context, 'ledger_whole', generation, REASON));
  return recovered;
}

const recovering = async (context: Context): Promise<Recovered> =>
  (await recover(context, { yes: true })).value as Recovered;

async function provoke(
  copy: Copy,
  baseline: Baseline,
  step: Stepping,
  signal: AbortSignal,
): Promise<Drilled['provoked']> {
  const { context, instance } = copy;
  await step(`${PROOF}replay of the recovery archive to intake`, () => replayAll(context, 'recovery'));
  await step(`${PROOF}replay of the recovery archive to settling`, () =>
    replayAll(context, 'recovery', 'responder-settle'),
  );
  await step(`${PROOF}replay of the facts archive`, () => replayAll(context, 'rebuild'));
  const webhooks = await step(`${PROOF}webhooks of answered messages again`, () =>
    fireAgain(instance, baseline.answered),
  );
  await step(`${PROOF}until nothing is under way`, () => untilCalm(copy, signal));
  const after = await seen(instance, baseline.written);
  return {
    webhooks,
    replays: 3,
    // Whatever was sent or written a second time, at any time after the loss, counts.
    sends: after.replies - baseline.replies,
    writes: after.writes - baseline.writes,
  };
}

/**
 * What customers received and what was written to tickets, from the first day of the copy's own sandbox on. The reconciler comes
 * by once the ledger is whole, and routes what nobody has handled, of a day back: a ticket that was never written to tells nothing.
 *
 * @param known  only writes to these tickets count; without it all
 */
async function seen(
  instance: Instance,
  known?: ReadonlySet<string | null>,
): Promise<Pick<Baseline, 'replies' | 'writes' | 'written'>> {
  const outbox = await surface(instance, 'outbox');
  const tickets = (await surface(instance, 'writes?since=0')).map(({ ticketId }) => ticketId);
  const counted = tickets.filter((ticket) => known?.has(ticket) ?? true);
  return { replies: outbox.length, writes: counted.length, written: new Set(counted) };
}

const Rows = v.array(v.object({ ticketId: v.nullable(v.string()) }));

async function surface({ richpanelUrl }: Instance, call: string): Promise<v.InferOutput<typeof Rows>> {
  const response = await fetch(`${richpanelUrl}/__sandbox/${call}`, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Failure('sandbox_failed', `the copy's sandbox answered ${response.status}`, 'try again');
  return v.parse(Rows, await response.json());
}

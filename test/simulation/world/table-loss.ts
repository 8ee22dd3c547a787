/**
 * A table is lost beside live traffic and rebuilt as the runbook says for a stage (protocols §9, platform §5.10,
 * docs/recovery.md): stop, hold what reads the ledger (all of it, where a runbook can hold intake alone), close the past, make the
 * table anew, recover the ledger from the trail, replay the facts to the auditor, say that it is whole, resume.
 */
import type { AnyEvent } from '../../../events/define-event.ts';
import { FACTS } from '../../../events/facts.ts';
import { currentGeneration, generationOf } from '../../../functions/auditor/generations.ts';
import { SYSTEM_PARTITION } from '../../../functions/auditor/handler.ts';
import { STANDING_SETTINGS } from '../../../functions/shared/function-settings.ts';
import type { Item, TableName } from '../../../functions/shared/store/language.ts';
import { WAITS } from '../../../functions/shared/times.ts';
import { restoreConversation } from '../../../operate/recovery/restore.ts';
import { takePlace } from '../../../operate/replay/take-place.ts';
import type { Process } from '../kernel/scheduler.ts';
import { deepFreeze } from '../memo/memoise.ts';
import { setStopped } from './actors.ts';
import { replayName } from './replays.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const TABLES: readonly TableName[] = [
  'idempotency',
  'conversation_state',
  'read_models',
  'audit_trail',
  'vault',
  'vendor_limits',
];
/** Of these nothing comes back (docs/recovery.md). */
const NOT_REBUILT: readonly TableName[] = ['vault', 'vendor_limits'];
/** Whoever reads the ledger to act on it: they come back after it (platform §5.10: auditor, intake, routing, replies). */
const HELD = STANDING_SETTINGS.map(({ name }) => name).filter((name) => name !== 'ingest' && name !== 'auditor');
/** `stop` returns when it is in force: flags are cached, and a send that has begun ends within the abort (protocols §6). */
const IN_FORCE_MS = WAITS.flagCacheMs + 30_000;

/** Longer than the bus may be late. */
const NOTHING_CAME_MS = 150_000;
const LOOK_MS = 10_000;
/** New messages come all the while, so that it never is quite quiet. */
const CAUGHT_UP_WITHIN_MS = 20 * MINUTE_MS;

/** Each table in turn, and sometimes all of them, until the last conversation has begun. */
export async function loseTablesNowAndThen(world: World, forMs: number): Promise<void> {
  const operator = world.scheduler.process('recovery');
  const random = world.random.fork('losses');
  const end = operator.clock.monotonic() + forMs;
  // What was accepted and told to nobody is in the ledger alone: where no list of tickets helps, that one is not lost.
  const losable = world.helpdesk.hidesList ? TABLES.filter((table) => table !== 'idempotency') : TABLES;
  for (let turn = random.integer(0, losable.length - 1); ; turn += 1) {
    await operator.clock.sleep(random.integer(24 * MINUTE_MS, 46 * MINUTE_MS));
    if (operator.clock.monotonic() > end) return;
    const lost = random.chance(0.2) ? losable : [losable[turn % losable.length] ?? 'vault'];
    await world.hands.alone(() => loseAndRebuild(world, operator, lost, random.integer(1_000, 20_000)));
  }
}

async function loseAndRebuild(
  world: World,
  operator: Process,
  lost: readonly TableName[],
  unseenMs: number,
): Promise<void> {
  const { parameters, losable, functions } = world;
  const at = world.scheduler.clock.now();
  losable.lose(lost);
  await operator.clock.sleep(unseenMs);
  setStopped(world, 'automation_enabled', true);
  const generation = Number(parameters.get('ledger_generation') ?? 1) + 1;
  functions.hold(HELD);
  const epoch = world.scheduler.clock.now();
  parameters.set('reply_epoch', new Date(epoch).toISOString());
  world.record({ kind: 'epoch', at: epoch, epoch });
  parameters.set('ledger_generation', String(generation));
  await operator.clock.sleep(IN_FORCE_MS);
  // What read the old generation could still write under it: nothing that ran then may run on.
  const frozen = functions.living().filter(({ isFrozen }) => isFrozen);
  while (frozen.some(({ isAlive, isFrozen }) => isAlive && isFrozen)) await operator.clock.sleep(LOOK_MS);
  losable.restore();
  await recover(world, operator, generation);
  if (lost.some((table) => !NOT_REBUILT.includes(table))) {
    await rebuildReadModels(world, operator);
    // What the trail had lost came back with the replay, and what was told just before the loss was recorded since.
    await recover(world, operator, generation);
  }
  functions.hold(null);
  if (lost.includes('audit_trail') && lost.includes('idempotency')) {
    await takeUpWhatWasNeverHandled(world, operator);
    await recover(world, operator, generation);
  }
  parameters.set('ledger_whole', String(generation));
  setStopped(world, 'automation_enabled', false);
  world.record({ kind: 'loss', at, until: world.scheduler.clock.now(), tables: [...lost] });
  world.count('table-loss');
}

/** A trail is read several times, and grows: each of its facts is parsed once in a world. */
const READ = new WeakMap<World, Map<string, AnyEvent>>();

function factReader(world: World): (envelope: string) => AnyEvent {
  const known = READ.get(world) ?? new Map<string, AnyEvent>();
  READ.set(world, known);
  return (envelope) => {
    const fact = known.get(envelope) ?? deepFreeze(JSON.parse(envelope) as AnyEvent);
    known.set(envelope, fact);
    return fact;
  };
}

/** `replay start --purpose recovery`: their messages stand in no trail any more. `catch_up_mode` is on until none is open. */
async function takeUpWhatWasNeverHandled(world: World, operator: Process): Promise<void> {
  const { parameters, bus, functions } = world;
  parameters.set('catch_up_mode', 'true');
  replay(world, 'recovery', 'classify-intake-replay');
  const end = operator.clock.monotonic() + CAUGHT_UP_WITHIN_MS;
  do await operator.clock.sleep(MINUTE_MS);
  while ((bus.pending > 0 || functions.parkedByReplay(...HELD) > 0) && operator.clock.monotonic() < end);
  parameters.set('catch_up_mode', 'false');
}

/** `npx frontdesk recover`: conversation by conversation, beside whatever else goes on. */
async function recover(world: World, operator: Process, generation: number): Promise<void> {
  const { store } = world.losable;
  const origin = { env: 'local', release: world.releases.now.name, brandId: 'main' };
  const restoring = { store, clock: operator.clock, waits: WAITS, generation, origin };
  const trail = new Map<string, AnyEvent[]>();
  const read = factReader(world);
  for (const { conversation_id, envelope } of rowsOf(world, 'audit_trail')) {
    const id = String(conversation_id);
    if (id === SYSTEM_PARTITION) continue;
    const facts = trail.get(id) ?? [];
    facts.push(read(String(envelope)));
    trail.set(id, facts);
  }
  for (const [id, facts] of trail) {
    await restoreConversation(restoring, id, facts);
    await operator.point('recovered a conversation');
  }
}

/** `replay start`; answers its name. */
function replay(world: World, purpose: string, rule: string, only?: readonly string[]): string {
  const name = replayName(purpose, world, 'after a loss');
  world.record({ kind: 'replay', at: world.scheduler.clock.now(), name, during: true });
  world.bus.replay(name, { rule, ...(only && { only }) });
  return name;
}

/** A rebuild, and the swap when nothing has come any more for a while. */
async function rebuildReadModels(world: World, operator: Process): Promise<void> {
  const { losable, functions } = world;
  const generation = generationOf(replay(world, 'rebuild', 'auditor-all-replay', FACTS)) ?? '';
  const countRows = (): number =>
    rowsOf(world, 'read_models').filter(({ model }) => String(model).startsWith(`${generation}/`)).length;
  // A delivery may be late, and a fact parked: what comes after the swap would be missing from ledger and models.
  for (let rows = -1, since = 0; since < NOTHING_CAME_MS; since += LOOK_MS) {
    await operator.clock.sleep(LOOK_MS);
    const now = countRows();
    if (now !== rows || functions.parkedByReplay('auditor') > 0) since = 0;
    rows = now;
  }
  const { store } = losable;
  const scan = async function* (table: TableName): AsyncGenerator<Item> {
    yield* rowsOf(world, table);
  };
  const ofGeneration = {
    async *scan(
      table: TableName,
      { ExpressionAttributeValues = {} }: { ExpressionAttributeValues?: Readonly<Record<string, { S?: string }>> },
    ) {
      const prefixes = Object.values(ExpressionAttributeValues).map(({ S = '' }) => S);
      for await (const row of scan(table))
        if (prefixes.some((prefix) => String(row.model).startsWith(prefix))) yield row;
    },
  };
  await takePlace({ store, tables: ofGeneration as never }, await currentGeneration({ store }), generation);
}

const rowsOf = ({ tables }: World, table: TableName): Item[] => [...(tables.get(table)?.values() ?? [])];

/** `flags`, `flags get NAME`, `flags set NAME VALUE --reason TEXT`. */
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { aboutChange, type Change, type FlagStore, flagStore, type Stored, versionOf } from '../flags/parameters.ts';
import {
  FLAG_NAMES,
  opensThePast,
  requireFlag,
  takes,
  textToStore,
  unsetText,
  valueInForce,
  valueText,
} from '../flags/values.ts';
import { stageOf } from '../instance/instance.ts';
import { type Place, placeOf } from '../instance/place.ts';
import { localTime } from '../instants.ts';
import { notWhole, refuseWhileReplaying } from '../recovery/whole.ts';
import { businessZone } from '../shop.ts';
import { switchOf } from '../switches/levels.ts';
import { sinceWhen } from '../switches/standing.ts';
import { pairs, table } from '../table.ts';

/** Every flag with its value in force, its safe value and its meaning. */
export function listFlags(context: Context): Promise<Answer> {
  return withFlags(context, async (store, place) => {
    const stored = await store.all();
    const flags = FLAG_NAMES.map((name) => viewOf(name, stored.get(name) ?? null));
    const rows = flags.map(({ name, value, safe, version, meaning }) => [
      name,
      valueText(value),
      valueText(safe),
      version,
      meaning,
    ]);
    return {
      value: flags,
      text: `Flags of ${stageOf(place)}\n${table(['flag', 'value', 'safe', 'version', 'meaning'], rows)}`,
    };
  });
}

/** One flag with everything that was ever set, and why. */
export function getFlag(context: Context, name: string): Promise<Answer> {
  const declaration = requireFlag(name);
  return withFlags(context, async (store) => {
    const flag = { ...viewOf(name, await store.read(name)), takes: takes(name, declaration) };
    const history = (await store.history(name)).toReversed();
    const zone = businessZone(context.variables);
    const about = pairs([
      ['flag', name],
      ['value', valueText(flag.value)],
      ['safe value', valueText(flag.safe)],
      ['meaning', flag.meaning],
      ['takes', flag.takes],
      ['version', flag.version],
    ]);
    const rows = history.map((change) => [
      localTime(change.changedAt, zone),
      change.version,
      change.value,
      change.by,
      change.reason,
    ]);
    const past = table(
      [`when (${zone.name})`, 'version', 'value', 'who', 'why'],
      rows,
      'never set: the safe value is in force',
    );
    return { value: { ...flag, history: history.map(changeValue) }, text: `${about}\n\n${past}` };
  });
}

export type SetOptions = { readonly reason: string; readonly basedOn?: string; readonly yes?: boolean };

/** Sets one flag, unless it was changed since the version that the change is based on. */
export function setFlag(context: Context, name: string, typed: string, options: SetOptions): Promise<Answer> {
  const now = Date.now();
  return store(context, name, textToStore(name, typed, businessZone(context.variables), now), now, options);
}

/** Sets one flag back to its safe value, also one that no typed value says: an acknowledgement is withdrawn this way. */
export function unsetFlag(context: Context, name: string, options: Omit<SetOptions, 'yes'>): Promise<Answer> {
  return store(context, name, unsetText(name), Date.now(), options);
}

function store(context: Context, name: string, value: string, now: number, options: SetOptions): Promise<Answer> {
  const about = aboutChange(options.reason, context);
  const basedOn = options.basedOn === undefined ? null : versionOf(options.basedOn);
  return withFlags(context, async (store, place) => {
    const before = await store.read(name);
    await refuseComingGeneration(store, name, value);
    if (options.yes !== true && opensThePast(name, before?.value ?? null, value, now))
      throw new Failure(
        'confirmation_needed',
        `reply_epoch would go back from ${before?.value ?? 'closed'} to ${value}: messages that came in since then could be answered`,
        'after a loss of the ledger some of them were; add --yes if none was',
      );
    if (options.yes !== true) {
      await refuseOpening(store, name, before?.value ?? null, value);
      if (await callsWhole(store, name, value)) await refuseWhileReplaying(place);
    }
    const after = await store.write(name, value, about, basedOn ?? before?.version ?? 0);
    const declaration = requireFlag(name);
    const was = valueInForce(declaration, before?.value ?? null);
    const is = valueInForce(declaration, after.value);
    return {
      value: { ...viewOf(name, after), before: was, by: about.by, reason: about.reason },
      text: `${name}: ${valueText(was)} → ${valueText(is)} (version ${after.version}). In force everywhere within 60 s; before every reply at once.`,
    };
  });
}

/** The next loss of the ledger would raise the generation to one that is called whole already. */
async function refuseComingGeneration(store: FlagStore, name: string, next: string): Promise<void> {
  if (name !== 'ledger_whole') return;
  const generation = valueInForce(
    requireFlag('ledger_generation'),
    (await store.read('ledger_generation'))?.value ?? null,
  );
  if (Number(next) <= Number(generation)) return;
  throw new Failure(
    'no_such_generation',
    `there is no generation ${next} of the ledger; the present one is ${generation}`,
    `npx frontdesk flags set ledger_whole ${generation}, once that one is whole (docs/recovery.md)`,
  );
}

/** From then on the reconciler works, and takes for missed whatever the ledger does not hold. */
async function callsWhole(store: FlagStore, name: string, next: string): Promise<boolean> {
  if (name !== 'ledger_whole') return false;
  const generation = (await store.read('ledger_generation'))?.value ?? null;
  return notWhole((flag) => (flag === name ? next : generation)) === null;
}

/**
 * Somebody stopped it for a reason: `resume` looks first whether that is over. A flag that nobody touched is no stop, and of a
 * list the entries are somebody's choice.
 */
async function refuseOpening(store: FlagStore, name: string, stored: string | null, next: string): Promise<void> {
  const one = switchOf(name);
  if (one === null || !one.isStopped(stored) || one.isStopped(next)) return;
  const stop = sinceWhen(await store.history(name), one);
  if (stop?.reason == null) return;
  const only = one.only === null ? '' : ` --only ${one.only}`;
  throw new Failure(
    'stopped_level',
    `${name} was stopped at ${stop.changedAt} by ${stop.by ?? 'somebody'}: ${stop.reason}`,
    `\`npx frontdesk resume --level ${one.level}${only}\` looks first whether it may; add --yes to open it without`,
  );
}

async function withFlags(context: Context, run: (store: FlagStore, place: Place) => Promise<Answer>): Promise<Answer> {
  const place = placeOf(context);
  const store = flagStore(place);
  try {
    return await run(store, place);
  } finally {
    store.close();
  }
}

function viewOf(name: string, stored: Stored | null) {
  const declaration = requireFlag(name);
  return {
    name,
    value: valueInForce(declaration, stored?.value ?? null),
    safe: valueInForce(declaration, null),
    meaning: declaration.meaning,
    isSet: stored !== null,
    version: stored?.version ?? 0,
    changedAt: stored?.changedAt ?? null,
  };
}

function changeValue({ version, value, changedAt, by, reason }: Change) {
  return { version, value, at: changedAt, by, reason };
}

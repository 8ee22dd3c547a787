/** The kill switch and the flags, as `stop`, `resume` and `flags` of the command line work them. */
import * as v from 'valibot';
import { getFlag, listFlags, setFlag, unsetFlag } from '../../commands/flags.ts';
import { resume } from '../../commands/resume.ts';
import { stop } from '../../commands/stop.ts';
import { showExitCriteria, showLadder, type Verification, verifyStop } from '../../commands/switches.ts';
import { choicesOf, requireFlag, takes } from '../../flags/values.ts';
import type { Place, Rung } from '../../switches/ladder.ts';
import { LEVEL_NAMES } from '../../switches/levels.ts';
import { nameOf } from '../../switches/pull.ts';
import { action } from '../desk/action.ts';

const Level = v.picklist(LEVEL_NAMES);
const Reason = v.pipe(v.string(), v.trim(), v.minLength(1));
const Version = v.pipe(v.number(), v.integer(), v.minValue(0));
const Named = { level: Level, only: v.optional(v.string()) };

type Named = { readonly level: (typeof LEVEL_NAMES)[number]; readonly only?: string | undefined };
const named = ({ level, only }: Named) => ({ level, ...(only !== undefined && { only }) });
const about = ({ level, only }: Named): Readonly<Record<string, string>> => named({ level, only });

/** By the name of the switch: when it was last seen in force, by whoever asked here. */
const verifications = new Map<string, Verification>();

async function noted<T extends { readonly value: unknown }>(one: Named, looked: Promise<T>): Promise<T> {
  const answer = await looked;
  const { verifiedAt, ms } = answer.value as Verification;
  verifications.set(nameOf({ level: one.level, only: one.only ?? null }), { verifiedAt, ms });
  return answer;
}

export type SeenPlace = Place & { readonly verified: Verification | null };
export type SeenRung = Omit<Rung, 'places'> & { readonly places: readonly SeenPlace[] };

/** One that was seen before it was last stopped says nothing of today. */
const seen = ({ level }: Rung, place: Place): SeenPlace => {
  const found = verifications.get(nameOf({ level, only: place.only })) ?? null;
  const isOfThisStop = found !== null && place.state === 'stopped' && found.verifiedAt >= (place.since ?? '');
  return { ...place, verified: isOfThisStop ? found : null };
};

export type SeenFlag = {
  readonly name: string;
  readonly value: unknown;
  readonly safe: unknown;
  readonly meaning: string;
  readonly isSet: boolean;
  readonly version: number;
  readonly changedAt: string | null;
  readonly takes: string;
  /** Where it takes some of a few; of a list any number of them, else one. */
  readonly choices: readonly string[] | null;
  readonly isList: boolean;
};

const withChoices = <T extends { readonly name: string }>(flag: T) => {
  const declaration = requireFlag(flag.name);
  return {
    ...flag,
    takes: takes(flag.name, declaration),
    choices: choicesOf(flag.name, declaration),
    isList: declaration.kind === 'list',
  };
};

export const SWITCH_ACTIONS = [
  action({
    name: 'switches',
    kind: 'read',
    reaches: 'aws',
    input: v.object({}),
    async run(context) {
      const { value } = await showLadder(context);
      const rungs: SeenRung[] = value.map((rung) => ({
        ...rung,
        places: rung.places.map((place) => seen(rung, place)),
      }));
      return { value: rungs };
    },
  }),
  action({
    name: 'exit-criteria',
    kind: 'read',
    reaches: 'aws',
    input: v.strictObject(Named),
    run: (context, one) => showExitCriteria(context, named(one)),
  }),
  action({
    name: 'stop',
    kind: 'job',
    reaches: 'aws',
    input: v.strictObject({ ...Named, reason: Reason }),
    about,
    run: (context, { reason, ...one }) => noted(one, stop(context, { ...named(one), reason })),
  }),
  action({
    name: 'verify-stop',
    kind: 'job',
    reaches: 'aws',
    input: v.strictObject(Named),
    about,
    run: (context, one) => noted(one, verifyStop(context, named(one))),
  }),
  action({
    name: 'resume',
    kind: 'job',
    reaches: 'aws',
    input: v.strictObject({
      ...Named,
      reason: Reason,
      override: v.optional(v.boolean()),
      basedOn: v.optional(Version),
    }),
    about,
    run: (context, { reason, override, basedOn, ...one }) =>
      resume(context, {
        ...named(one),
        reason,
        ...(override !== undefined && { override }),
        ...(basedOn !== undefined && { basedOn: String(basedOn) }),
      }),
  }),
  action({
    name: 'flags',
    kind: 'read',
    reaches: 'aws',
    input: v.object({}),
    async run(context) {
      const { value } = await listFlags(context);
      return { value: (value as readonly { readonly name: string }[]).map(withChoices) };
    },
  }),
  action({
    name: 'flag',
    kind: 'read',
    reaches: 'aws',
    input: v.strictObject({ name: v.string() }),
    async run(context, { name }) {
      const { value } = await getFlag(context, name);
      return { value: withChoices(value as { readonly name: string }) };
    },
  }),
  action({
    name: 'set-flag',
    kind: 'act',
    reaches: 'aws',
    input: v.strictObject({
      name: v.string(),
      value: v.string(),
      reason: Reason,
      basedOn: Version,
      yes: v.optional(v.boolean()),
    }),
    run: (context, { name, value, reason, basedOn, yes }) =>
      setFlag(context, name, value, { reason, basedOn: String(basedOn), ...(yes !== undefined && { yes }) }),
  }),
  action({
    name: 'unset-flag',
    kind: 'act',
    reaches: 'aws',
    input: v.strictObject({ name: v.string(), reason: Reason, basedOn: Version }),
    run: (context, { name, reason, basedOn }) => unsetFlag(context, name, { reason, basedOn: String(basedOn) }),
  }),
];

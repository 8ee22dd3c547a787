/** Archives, replays and what they reach, as `archive` and `replay` of the command line. */
import * as v from 'valibot';
import { REPLAY_PURPOSES } from '../../../events/words.ts';
import { ARCHIVES } from '../../../stacks/topology-archives.ts';
import { cancelReplay, resumeReplay, startReplay } from '../../commands/replay.ts';
import { listReplays, planReplay, replayResult } from '../../commands/replay-look.ts';
import { misuse } from '../../failure.ts';
import { placeOf } from '../../instance/place.ts';
import { archiveLine } from '../../replay/archive-line.ts';
import { allTwins, consumerOf } from '../../replay/plan.ts';
import type { RunValue } from '../../replay/report.ts';
import { businessZone } from '../../shop.ts';
import { action } from '../desk/action.ts';

const Purpose = v.picklist(REPLAY_PURPOSES);
const Instant = v.pipe(v.string(), v.isoTimestamp());
const Replay = { purpose: Purpose, rule: v.string(), from: Instant, to: Instant };
const Name = v.strictObject({ name: v.string() });

export type ReplayChoices = {
  readonly archives: readonly { readonly name: string; readonly retentionDays: number }[];
  readonly twins: readonly {
    readonly purpose: (typeof REPLAY_PURPOSES)[number];
    readonly rule: string;
    readonly consumer: string | null;
    readonly archive: string;
    readonly isUsual: boolean;
    readonly hears: number;
  }[];
  /** How long an archive may take to hold what happened. */
  readonly ingestionMs: number;
};

export type SeenRun = RunValue & { readonly consumer: string | null };
const seen = <T extends RunValue>(run: T) => ({ ...run, consumer: consumerOf(run.rule) });

export const REPLAY_ACTIONS = [
  action({
    name: 'replay-choices',
    kind: 'read',
    input: v.object({}),
    run(context): { value: ReplayChoices } {
      const twins = allTwins().map(({ purpose, rule, consumer, archive, isUsual, heard }) => ({
        ...{ purpose, rule, consumer, archive, isUsual },
        hears: heard.size,
      }));
      const archives = ARCHIVES.map(({ name, retentionDays }) => ({ name, retentionDays }));
      return { value: { archives, twins, ingestionMs: placeOf(context).ingestionMs } };
    },
  }),
  action({
    name: 'archive-line',
    kind: 'read',
    input: v.strictObject({
      archive: v.picklist(ARCHIVES.map(({ name }) => name)),
      zone: v.string(),
      from: v.optional(Instant),
      to: v.optional(Instant),
    }),
    async run(context, { archive, zone, from, to }) {
      const wanted = from === undefined || to === undefined ? null : { from: Date.parse(from), to: Date.parse(to) };
      return { value: await archiveLine(context, archive, wanted, zoneOf(zone)) };
    },
  }),
  action({
    name: 'replay-plan',
    kind: 'read',
    input: v.strictObject(Replay),
    run: (context, options) => planReplay(context, options),
  }),
  action({
    name: 'replays',
    kind: 'read',
    input: v.object({}),
    run: async (context) => ({ value: (await listReplays(context)).value.map(seen) }),
  }),
  action({
    name: 'replay-result',
    kind: 'read',
    input: Name,
    run: async (context, { name }) => ({ value: seen((await replayResult(context, name)).value) }),
  }),
  action({
    name: 'start-replay',
    kind: 'job',
    input: v.strictObject({ ...Replay, override: v.optional(v.boolean()) }),
    about: ({ purpose, rule, from, to }) => ({ purpose, rule, from, to }),
    run: (context, { override, ...options }) =>
      startReplay(context, { ...options, yes: true, ...(override !== undefined && { override }) }),
  }),
  action({
    name: 'resume-replay',
    kind: 'job',
    input: v.strictObject({ name: v.string(), override: v.optional(v.boolean()) }),
    about: ({ name }) => ({ name }),
    run: (context, { name, override }) => resumeReplay(context, name, { ...(override !== undefined && { override }) }),
  }),
  action({
    name: 'cancel-replay',
    kind: 'act',
    input: v.strictObject({ name: v.string(), yes: v.optional(v.boolean()) }),
    run: (context, { name, yes }) => cancelReplay(context, name, { ...(yes !== undefined && { yes }) }),
  }),
];

function zoneOf(name: string): { readonly name: string } {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
  } catch {
    throw misuse('unknown_zone', 'there is no such time zone', `name one such as ${businessZone({}).name}`);
  }
  return { name };
}

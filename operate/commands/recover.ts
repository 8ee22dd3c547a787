/** `recover`: after a table was lost or set back, the ledger and the conversation records are rebuilt from the audit trail. */
import { liveClock } from '../../functions/shared/clock/live.ts';
import type { Store } from '../../functions/shared/ports.ts';
import { WAITS } from '../../functions/shared/times.ts';
import { RELEASE } from '../../local/platform/release.ts';
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { aboutChange, type FlagStore, flagStore } from '../flags/parameters.ts';
import { tableClient } from '../instance/clients.ts';
import { refuseMissingTables } from '../instance/missing-table.ts';
import { type Place, placeOf } from '../instance/place.ts';
import { endpointStore } from '../instance/store.ts';
import { endpointTables, type Tables } from '../instance/tables.ts';
import { localTime } from '../instants.ts';
import { closePastNow, type Past, refuseUnlessStopped, standingPast } from '../recovery/past.ts';
import { isNothing, NOTHING_RESTORED, type Restored, restoreConversation, sumOf } from '../recovery/restore.ts';
import { eachTrail, type Trail } from '../recovery/trail.ts';
import { businessZone } from '../shop.ts';
import { durationText, pairs } from '../table.ts';
import { count } from '../text.ts';
import { RECORDS_ONLY } from '../trail/trail.ts';

export type Recovered = Restored & {
  readonly ledgerGeneration: number;
  readonly replyEpoch: string;
  /** Facts of the audit trail that it was rebuilt from. */
  readonly facts: number;
  readonly ms: number;
};

const TELL_EVERY_MS = 1_000;

export async function recover(context: Context, { yes = false }: { readonly yes?: boolean }): Promise<Answer> {
  const place = placeOf(context);
  const flags = flagStore(place);
  const tables = endpointTables(place);
  const client = tableClient(place);
  try {
    await refuseUnlessStopped(flags);
    // Before anything is raised: the start that makes a table anew raises it itself.
    await refuseMissingTables(place);
    const standing = await standingPast(flags);
    if (!yes) throw await wantsYes(place, tables, standing);
    const began = performance.now();
    const past = standing ?? (await closePast(flags));
    if (past.isNew) context.tell(`ledger generation ${past.generation}: nothing received before now is answered`);
    const store = endpointStore(client, place);
    const restored = await rebuild(context, place, { tables, store }, past);
    return answerOf(context, { ...restored, ms: Math.round(performance.now() - began) });
  } finally {
    flags.close();
    client.destroy();
    await tables.close();
  }
}

const closePast = (flags: FlagStore): Promise<Past> =>
  closePastNow(flags, Date.now(), aboutChange('recovery: a table was lost or set back'));

async function rebuild(
  context: Context,
  { env }: Place,
  { tables, store }: { readonly tables: Tables; readonly store: Store },
  { generation, replyEpoch }: Past,
): Promise<Omit<Recovered, 'ms'>> {
  const origin = { env, release: RELEASE, brandId: 'main' };
  const restoring = { store, clock: liveClock(), waits: WAITS, generation, origin };
  let [facts, conversations] = [0, 0];
  let restored = NOTHING_RESTORED;
  let told = performance.now();
  const takeUp = async (trail: Trail): Promise<void> => {
    const { conversationId } = trail;
    const one =
      conversationId === null ? NOTHING_RESTORED : await restoreConversation(restoring, conversationId, trail.facts);
    restored = sumOf(restored, one);
    facts += trail.facts.length;
    conversations += 1;
    if (performance.now() - told < TELL_EVERY_MS) return;
    told = performance.now();
    context.note(`${count(facts, 'fact')} of ${count(conversations, 'conversation')} read`);
  };
  await eachTrail(tables, takeUp);
  return { ledgerGeneration: generation, replyEpoch, facts, ...restored };
}

async function wantsYes({ env }: Place, tables: Tables, standing: Past | null): Promise<Failure> {
  let facts = 0;
  for await (const _ of tables.scan('audit_trail', {
    ...RECORDS_ONLY,
    ProjectionExpression: 'event_id',
  }))
    facts += 1;
  const past = standing
    ? `generation ${standing.generation} of the ledger is not known to be whole and stays`
    : 'ledger generation and reply_epoch would be raised, so that nothing received before now is ever answered';
  return new Failure(
    'confirmation_needed',
    `ledger and conversation records of stage ${env} would be completed from the ${count(facts, 'fact')} of its audit trail; ${past}`,
    'add --yes',
  );
}

function answerOf(context: Context, value: Recovered): Answer {
  const zone = businessZone(context.variables);
  const text = pairs([
    ['ledger generation', value.ledgerGeneration],
    ['reply_epoch', `${localTime(value.replyEpoch, zone)} ${zone.name}: what came in before is never answered`],
    ['read', `${count(value.facts, 'fact')} of the audit trail in ${durationText(value.ms)}`],
    ['ledger', `${count(value.records, 'record')} restored`],
    [
      'unfinished',
      `${count(value.unfinished, 'message')} taken up again from now on, as fast as the helpdesk's limits allow`,
    ],
    [
      'unknown',
      `${count(value.unclear, 'reply', 'replies')} without an outcome: never sent again, tagged for a person`,
    ],
    ['conversations', `${count(value.conversations, 'record')} restored`],
    ['caps', `${count(value.caps, 'entry', 'entries')} restored`],
    ['next', nextOf(value)],
  ]);
  return { value, text };
}

/** A trail that was lost as well has nothing to tell: only after the replay does "nothing restored" mean "whole". */
export function nextOf({ ledgerGeneration, ...restored }: Restored & Pick<Recovered, 'ledgerGeneration'>): string {
  const setWhole = `\`flags set ledger_whole ${ledgerGeneration}\``;
  const rebuild = '`replay start --purpose rebuild` and this again';
  return isNothing(restored)
    ? `nothing was missing of what the trail tells. If the rebuild is done: prove it (docs/recovery.md), then ${setWhole}; else ${rebuild}`
    : `${rebuild}, until it restores nothing; then ${setWhole}`;
}

/** Closing the past of a running stage: nothing that came in before now is answered any more (protocols §9). */
import { Failure } from '../failure.ts';
import type { FlagStore } from '../flags/parameters.ts';
import { requireFlag, valueInForce } from '../flags/values.ts';

export type Past = {
  readonly generation: number;
  /** RFC 3339, UTC. */
  readonly replyEpoch: string;
  /** Whether it was closed here; an earlier recovery, or a restore, may have closed it. */
  readonly isNew: boolean;
};

/** Throws while customers may be written to: the rebuild would race the door. */
export async function refuseUnlessStopped(flags: FlagStore): Promise<void> {
  const automation = await inForce(flags, 'automation_enabled');
  const safe = await inForce(flags, 'safe_mode');
  if (automation === false || safe === true) return;
  throw new Failure(
    'not_stopped',
    'customers are still written to, and nothing is rebuilt beside that',
    'npx frontdesk stop --level automation --reason "a table is lost"',
  );
}

/** The generation that a recovery works under: the raised one, raised here unless the ledger is known to be lost already. */
export async function standingPast(flags: FlagStore): Promise<Past | null> {
  const generation = Number(await inForce(flags, 'ledger_generation'));
  const replyEpoch = await inForce(flags, 'reply_epoch');
  const isWhole = (await inForce(flags, 'ledger_whole')) === generation;
  return isWhole || typeof replyEpoch !== 'string' ? null : { generation, replyEpoch, isNew: false };
}

/** The epoch first: a generation that was raised alone would leave the past open under new ids. */
export async function closePastNow(
  flags: FlagStore,
  now: number,
  about: { by: string; reason: string },
): Promise<Past> {
  const replyEpoch = new Date(now).toISOString();
  // Above whatever somebody called whole before there was such a generation.
  const called = ['ledger_generation', 'ledger_whole'].map(async (name) => Number(await inForce(flags, name)));
  const generation = Math.max(...(await Promise.all(called))) + 1;
  const set = async (name: string, value: string): Promise<void> => {
    await flags.write(name, value, about, (await flags.read(name))?.version ?? 0);
  };
  await set('reply_epoch', replyEpoch);
  await set('ledger_generation', String(generation));
  return { generation, replyEpoch, isNew: true };
}

async function inForce(flags: FlagStore, name: string) {
  return valueInForce(requireFlag(name), (await flags.read(name))?.value ?? null);
}

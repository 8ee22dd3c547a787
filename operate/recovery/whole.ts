/** Whether the ledger is known to be whole: flag `ledger_whole` names its generation (protocols §9). */
import { Failure } from '../failure.ts';
import { requireFlag, valueInForce } from '../flags/values.ts';
import type { Place } from '../instance/place.ts';
import { isOpen, openRuns, type Run } from '../replay/runs.ts';

/** What the flags say of a ledger that is not known to be whole; numbers only. */
export type NotWhole = { readonly generation: number; readonly whole: number | null };

/**
 * `null` where it is known to be whole.
 *
 * @param textOf  the text of a parameter, `null` where there is none
 */
export function notWhole(textOf: (name: string) => string | null): NotWhole | null {
  const numberOf = (name: string) => valueInForce(requireFlag(name), textOf(name)) as number | null;
  const [generation, whole] = [numberOf('ledger_generation') ?? 1, numberOf('ledger_whole')];
  return generation === whole ? null : { generation, whole };
}

/** Refuses to call it whole while a replay is not over that brings back what it is completed from. */
export async function refuseWhileReplaying(place: Place): Promise<void> {
  const runs = openRuns(place);
  try {
    const run = (await runs.all()).find(bringsBack);
    if (run !== undefined) throw notOver(run);
  } finally {
    runs.close();
  }
}

const bringsBack = (run: Run): boolean => isOpen(run) && run.purpose !== 'backfill';

function notOver({ name }: Run): Failure {
  return new Failure(
    'replay_not_over',
    `${name} is not over, so the ledger is not known to be whole`,
    `\`npx frontdesk replay resume ${name}\` or \`replay cancel ${name}\`, then \`npx frontdesk recover --yes\` until it restores nothing; add --yes to set it all the same`,
  );
}

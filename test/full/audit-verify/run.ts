/** Tampers with trails at random, one after the other way, and asks `audit verify` of each; and of each trail as it was. */
import { type Verdict, verifyTrail } from '../../../operate/audit/verify.ts';
import { createRandom } from '../../simulation/kernel/random.ts';
import { TAMPERS } from './tamper.ts';
import { makeTrail } from './world.ts';

export type Tally = {
  readonly tamperings: number;
  readonly found: number;
  /** Tamperings that went unnoticed. */
  readonly missed: readonly string[];
  readonly trails: number;
  /** What was said of a trail that nobody had touched. */
  readonly falseAlarms: readonly string[];
  /** How often each way was tried. */
  readonly ways: ReadonlyMap<string, number>;
  readonly records: { readonly valid: number; readonly deletedOnRequest: number; readonly expired: number };
};

/** @param aTrail  tamperings of one trail, each of the untouched one */
export async function tamperAtRandom(seed: string, count: number, aTrail = 40): Promise<Tally> {
  const names = Object.keys(TAMPERS);
  const missed: string[] = [];
  const falseAlarms: string[] = [];
  const ways = new Map<string, number>();
  const records = { valid: 0, deletedOnRequest: 0, expired: 0 };
  let [tamperings, trails, next] = [0, 0, 0];
  while (tamperings < count) {
    const trail = await makeTrail(`${seed}/${trails}`);
    const whole = verifyTrail(trail.evidence);
    if (whole.broken > 0) falseAlarms.push(`${seed}/${trails}: ${told(whole)}`);
    records.valid += whole.valid;
    records.deletedOnRequest += whole.deletedOnRequest;
    records.expired += whole.expired;
    const random = createRandom(`${seed}/${trails}/tamper`);
    for (let turn = 0; turn < aTrail && tamperings < count; turn += 1) {
      const name = names[next % names.length] ?? '';
      next += 1;
      const rows = TAMPERS[name]?.(trail, random) ?? null;
      if (rows === null) continue;
      tamperings += 1;
      ways.set(name, (ways.get(name) ?? 0) + 1);
      const verdict = verifyTrail({ ...trail.evidence, rows });
      if (verdict.broken === 0) missed.push(`${seed}/${trails}: ${name}`);
    }
    trails += 1;
  }
  return { tamperings, found: tamperings - missed.length, missed, trails, falseAlarms, ways, records };
}

const told = ({ firstBroken }: Verdict): string => `${firstBroken?.link}: ${firstBroken?.why}`;

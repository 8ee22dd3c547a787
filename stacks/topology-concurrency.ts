/** How much of the account's concurrency each function has for itself, so that vendors are pressed by ten at most (platform §1.3). */
import type { FunctionName } from '../events/words.ts';
import { FUNCTION_SETTINGS } from '../functions/shared/function-settings.ts';
import { type NamedStage, StageError, type StageName } from './stages.ts';

/** Lambda keeps so many executions that nobody reserves; a quota of that or less allows no reservation. */
const UNRESERVED = 100;
/** Where a developer may work in a new account as it is, without caps. Elsewhere they are what protects vendors. */
const MAY_LACK_CAPS: readonly StageName[] = ['dev'];
/** Below, `ingest` is given its own share, or the others could keep it out. */
const SMALL_ACCOUNT = 200;
const INGEST_IN_SMALL_ACCOUNT = 5;

/** Steps of the ramp below the full ten, which are the functions' own settings. Two more at a step, the first for whom every message needs. */
const RAMP: Readonly<Record<6 | 8, Partial<Record<FunctionName, number>>>> = {
  6: { classify: 1, verify: 1 },
  8: { classify: 3, verify: 1 },
};

export type Reservations = ReadonlyMap<FunctionName, number | null>;

/** Throws `StageError` when the account has not enough. @returns `null` for a function that shares what is left */
export function reservationsOf(
  stage: Pick<NamedStage, 'name' | 'accountConcurrency' | 'vendorConcurrency'>,
): Reservations {
  const { name: env, accountConcurrency } = stage;
  if (accountConcurrency <= UNRESERVED && MAY_LACK_CAPS.includes(env))
    return new Map(FUNCTION_SETTINGS.map(({ name }) => [name, null]));
  const wanted = FUNCTION_SETTINGS.map(({ name, reservedConcurrency }): [FunctionName, number | null] => [
    name,
    wantedBy(name, reservedConcurrency, stage),
  ]);
  const sum = wanted.reduce((total, [, reserved]) => total + (reserved ?? 0), 0);
  if (sum > accountConcurrency - UNRESERVED)
    throw new StageError(
      `${env}.accountConcurrency`,
      `the functions reserve ${sum}, and ${accountConcurrency} leave ${Math.max(0, accountConcurrency - UNRESERVED)} to reserve`,
      `have Lambda’s quota "Concurrent executions" raised to ${sum + UNRESERVED} at least, then write it into stacks/stages.ts`,
    );
  return new Map(wanted);
}

function wantedBy(
  name: FunctionName,
  full: number | null,
  { accountConcurrency, vendorConcurrency }: Pick<NamedStage, 'accountConcurrency' | 'vendorConcurrency'>,
): number | null {
  if (name === 'ingest') return accountConcurrency < SMALL_ACCOUNT ? INGEST_IN_SMALL_ACCOUNT : full;
  return vendorConcurrency === 10 ? full : (RAMP[vendorConcurrency][name] ?? full);
}

/** Takes a switch back: what `resume` does, and `stop` never does. */
import type { About, FlagStore, Stored } from '../flags/parameters.ts';
import type { Switch } from './levels.ts';
import type { Levers } from './levers.ts';

type Releasing = Pick<Levers, 'rules'> & { readonly flags: Pick<FlagStore, 'read' | 'write' | 'conflict'> };

/**
 * Writes on the version that stood there before the checks, and tries once: a stop that somebody set meanwhile may have
 * been verified by now. So may one of the same entry that stood in the list already, which its value does not show.
 *
 * @param check      throws where it may not be taken back; may take seconds
 * @param decidedOn  the version that who takes it back has seen; `null` where they name none
 * @throws `version_conflict`, with who and when, where the parameter was changed since
 */
export async function release(
  { flags, rules }: Releasing,
  one: Switch,
  about: About,
  check: () => Promise<void>,
  decidedOn: number | null = null,
): Promise<Stored> {
  const seen = await flags.read(one.parameter);
  if (decidedOn !== null && (seen?.version ?? 0) !== decidedOn) throw await flags.conflict(one.parameter);
  await check();
  const basedOn = seen?.version ?? 0;
  const stored = await flags.write(one.parameter, one.next(seen?.value ?? null, false), about, basedOn);
  if (one.rule === null) return stored;
  // The answer of a write is a reading too, and may be somebody else's by now.
  if ((await flags.read(one.parameter))?.version !== basedOn + 1) throw await flags.conflict(one.parameter);
  await rules.set(one.rule, true);
  const after = await flags.read(one.parameter);
  if (!one.isStopped(after?.value ?? null)) return stored;
  // Stopped between that reading and the rule: whoever did it may have verified it before ours arrived.
  await rules.set(one.rule, false);
  throw await flags.conflict(one.parameter);
}

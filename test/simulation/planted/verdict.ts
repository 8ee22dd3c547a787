/** What a run comes to, for a script (interfaces §5). Pure. */
import { bugOf } from './bugs.ts';

export type Verdict = { readonly exitCode: 0 | 1; readonly says: string | null };

/**
 * Without a planted bug a broken rule is a failure. With one it is the proof, as long as the bug is said to break that rule:
 * what else is broken, the tree may break without it.
 *
 * @param plant   the bug's id; `null` for the tree as it is
 * @param broken  rules that were broken
 */
export function verdictOn(plant: string | null, broken: readonly string[]): Verdict {
  if (plant === null) return { exitCode: broken.length > 0 ? 1 : 0, says: null };
  const { rules } = bugOf(plant);
  const found = [...new Set(broken)].filter((rule) => (rules as readonly string[]).includes(rule));
  if (found.length > 0) return { exitCode: 0, says: `${plant} was planted and is found: ${found.join(', ')}` };
  const others = broken.length > 0 ? `; others were: ${[...new Set(broken)].join(', ')}` : '';
  return {
    exitCode: 1,
    says: `${plant} is planted and was not found: none of ${rules.join(', ')} was broken${others}`,
  };
}

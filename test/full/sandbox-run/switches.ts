/** Under which answers to the open questions each shop of the run lives (reference §12.1 no. 15, `unknowns.ts`). */

import type { OptionsPatch } from '../../../local/sandbox/options.ts';
import { UNKNOWNS } from '../../../local/sandbox/unknowns.ts';
import type { Random } from '../../simulation/kernel/random.ts';

/** All switches with all values: the sandbox's own list, and what of its other options is open at the vendor too. */
export const SWITCHES = {
  ...UNKNOWNS,
  staleReadMs: [0, 3_000],
  emptyPage: [null, 1],
  webhookBody: ['minimal', 'with-message-id', 'with-unknown-variable'],
  duplicate: [0, 1],
  delayMs: [0, 1_500],
  reorder: [false, true],
  drop: [0, 0.05],
  beforeVisible: [false, true],
} as const satisfies Readonly<Record<string, readonly unknown[]>>;
export type SwitchName = keyof typeof SWITCHES;
export const SWITCH_NAMES = Object.keys(SWITCHES) as readonly SwitchName[];

/** Those that decide what becomes of a reply and of its ticket: every combination of them is a shop. */
export const CORE = [
  'replyReopens',
  'sendToClosedReopens',
  'staleReadMs',
  'commentDelivers',
  'tagForm',
  'operatorFlag',
  'autoCreateTags',
] as const satisfies readonly SwitchName[];

export type Setting = { readonly [Name in SwitchName]: (typeof SWITCHES)[Name][number] };

/** Every combination of the core switches, in a fixed order. */
export function coreCombinations(): readonly Partial<Setting>[] {
  return CORE.reduce<readonly Partial<Setting>[]>(
    (settings, name) => settings.flatMap((setting) => SWITCHES[name].map((value) => ({ ...setting, [name]: value }))),
    [{}],
  );
}

/** The given switches stay, the others are drawn: as the vendor is taken to be in half of all cases, so that replies come through. */
export function drawSetting(random: Random, given: Partial<Setting>): Setting {
  const drawn = SWITCH_NAMES.map((name) => {
    const values: readonly unknown[] = SWITCHES[name];
    return [name, random.chance(0.5) ? values[0] : values[random.integer(0, values.length - 1)]];
  });
  return { ...(Object.fromEntries(drawn) as Setting), ...given };
}

/** Options of a sandbox that lives so. */
export const optionsOf = (setting: Setting): OptionsPatch => ({ ...setting, visibleAfterMs: 2_000 });

/** Pairs of values of two switches that no shop had; a run that leaves some out has not tried them together. */
export function pairsMissing(settings: readonly Setting[]): string[] {
  const seen = new Set(
    settings.flatMap((setting) =>
      pairsOf(SWITCH_NAMES).map(([one, other]) => `${one}=${setting[one]} ${other}=${setting[other]}`),
    ),
  );
  return pairsOf(SWITCH_NAMES)
    .flatMap(([one, other]) =>
      SWITCHES[one].flatMap((value) => SWITCHES[other].map((beside) => `${one}=${value} ${other}=${beside}`)),
    )
    .filter((pair) => !seen.has(pair));
}

function pairsOf(names: readonly SwitchName[]): [SwitchName, SwitchName][] {
  return names.flatMap((one, index) => names.slice(index + 1).map((other): [SwitchName, SwitchName] => [one, other]));
}

/** How many shops had each value. */
export function valueCounts(settings: readonly Setting[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of SWITCH_NAMES) for (const value of SWITCHES[name]) counts.set(`${name}=${value}`, 0);
  for (const setting of settings)
    for (const name of SWITCH_NAMES) {
      const key = `${name}=${setting[name]}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return counts;
}

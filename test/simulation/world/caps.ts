/** How many of a function run at once. The caps protect the vendors; no protocol may rest on one (platform §1.3, the ramp). */
import {
  type FunctionSettings,
  STANDING_SETTINGS,
  type StandingFunction,
} from '../../../functions/shared/function-settings.ts';
import type { Random } from '../kernel/random.ts';

type Settings = FunctionSettings & { readonly name: StandingFunction };

/** What an operator may have raised: at the cap of the first release no two of them ever write to one ticket at once. */
const RAISED: readonly StandingFunction[] = ['responder-route', 'responder-reply', 'responder-settle'];
const AT_ONCE = 3;

/** The settings of a shop: half of them run as released. */
export function capsOf(random: Random, isRaised: boolean): readonly Settings[] {
  if (!isRaised || random.chance(0.5)) return STANDING_SETTINGS;
  return STANDING_SETTINGS.map((one) => (RAISED.includes(one.name) ? { ...one, reservedConcurrency: AT_ONCE } : one));
}

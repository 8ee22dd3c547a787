/** What the flags amount to, in one word. Pure. */
import { flagDeclaration } from '../../events/flags.ts';
import { valueInForce } from '../flags/values.ts';

export type RunningMode = 'shadow' | 'safe' | 'route-only' | 'auto';

/** The strictest word that is true: nothing written, safe mode, no replies, replies. */
export function runningMode(stored: (name: string) => string | null): RunningMode {
  const isOn = (name: string): boolean => {
    const declaration = flagDeclaration(name);
    return declaration !== undefined && valueInForce(declaration, stored(name)) === true;
  };
  if (isOn('shadow_mode') || isOn('richpanel_read_only')) return 'shadow';
  if (isOn('safe_mode') || isOn('catch_up_mode')) return 'safe';
  return isOn('automation_enabled') && isOn('outbound_enabled') ? 'auto' : 'route-only';
}

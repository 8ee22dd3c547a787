/** Every security control, by area. */
import type { Control } from './control.ts';
import { ABUSE_CONTROLS } from './controls/abuse.ts';
import { DECISIONS_CONTROLS } from './controls/decisions.ts';
import { DELIVERY_CONTROLS } from './controls/delivery.ts';
import { INGRESS_CONTROLS } from './controls/ingress.ts';
import { OUTAGES_CONTROLS } from './controls/outages.ts';
import { PRIVACY_CONTROLS } from './controls/privacy.ts';
import { REPLAYS_CONTROLS } from './controls/replays.ts';
import { ROLES_CONTROLS } from './controls/roles.ts';
import { ROTATION_CONTROLS } from './controls/rotation.ts';
import { SUPPLY_CONTROLS } from './controls/supply.ts';
import { SWITCHES_CONTROLS } from './controls/switches.ts';
import { TRAIL_CONTROLS } from './controls/trail.ts';

export const CONTROLS: readonly Control[] = [
  ...ABUSE_CONTROLS,
  ...DECISIONS_CONTROLS,
  ...REPLAYS_CONTROLS,
  ...DELIVERY_CONTROLS,
  ...OUTAGES_CONTROLS,
  ...ROLES_CONTROLS,
  ...INGRESS_CONTROLS,
  ...PRIVACY_CONTROLS,
  ...ROTATION_CONTROLS,
  ...SUPPLY_CONTROLS,
  ...SWITCHES_CONTROLS,
  ...TRAIL_CONTROLS,
];

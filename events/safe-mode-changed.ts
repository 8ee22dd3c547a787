import { defineEvent, type EventOf } from './define-event.ts';
import { FlagChangeFields } from './flag-fields.ts';

/** Safe mode or another switch that stops everything was set. */
export const SafeModeChanged = defineEvent({
  name: 'SafeModeChanged',
  version: '1.0',
  producers: ['flag-watcher'],
  pii: 'L1',
  says: 'Safe mode or another switch that stops everything was set.',
  data: FlagChangeFields,
  example: { flag: 'safe_mode', oldValue: 'false', newValue: 'true', changedByRoleHash: null },
});
export type SafeModeChanged = EventOf<typeof SafeModeChanged>;

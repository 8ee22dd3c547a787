import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { Digest, FlagName, FlagValue } from './fields.ts';

/** Safe mode or another switch that stops everything was set. */
export const SafeModeChanged = defineEvent({
  name: 'SafeModeChanged',
  version: '1.0',
  producers: ['flag-watcher'],
  pii: 'L1',
  says: 'Safe mode or another switch that stops everything was set.',
  data: {
    flag: FlagName,
    /** Lists and texts are told as set or unset: an allow-list holds addresses. */
    oldValue: FlagValue,
    newValue: FlagValue,
    changedByRoleHash: v.nullable(Digest),
  },
  example: { flag: 'safe_mode', oldValue: 'false', newValue: 'true', changedByRoleHash: null },
});
export type SafeModeChanged = EventOf<typeof SafeModeChanged>;

import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { Digest, FlagName, FlagValue } from './fields.ts';

/** A runtime flag that governs replies was changed. */
export const AutomationFlagChanged = defineEvent({
  name: 'AutomationFlagChanged',
  version: '1.0',
  producers: ['flag-watcher'],
  pii: 'L1',
  says: 'A runtime flag that governs replies was changed.',
  data: {
    flag: FlagName,
    /** Lists and texts are told as set or unset: an allow-list holds addresses. */
    oldValue: FlagValue,
    newValue: FlagValue,
    changedByRoleHash: v.nullable(Digest),
  },
  example: { flag: 'automation_enabled', oldValue: 'true', newValue: 'false', changedByRoleHash: null },
});
export type AutomationFlagChanged = EventOf<typeof AutomationFlagChanged>;

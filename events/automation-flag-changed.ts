import { defineEvent, type EventOf } from './define-event.ts';
import { FlagChangeFields } from './flag-fields.ts';

/** A runtime flag that governs replies was changed. */
export const AutomationFlagChanged = defineEvent({
  name: 'AutomationFlagChanged',
  version: '1.0',
  producers: ['flag-watcher'],
  pii: 'L1',
  says: 'A runtime flag that governs replies was changed.',
  data: FlagChangeFields,
  example: { flag: 'automation_enabled', oldValue: 'true', newValue: 'false', changedByRoleHash: null },
});
export type AutomationFlagChanged = EventOf<typeof AutomationFlagChanged>;

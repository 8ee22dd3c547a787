import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { Digest, FlagName, FlagValue } from './fields.ts';

/** One template was switched on or off. */
export const TemplateToggled = defineEvent({
  name: 'TemplateToggled',
  version: '1.0',
  producers: ['flag-watcher'],
  pii: 'L1',
  says: 'One template was switched on or off.',
  data: {
    flag: FlagName,
    /** Lists and texts are told as set or unset: an allow-list holds addresses. */
    oldValue: FlagValue,
    newValue: FlagValue,
    changedByRoleHash: v.nullable(Digest),
  },
  example: {
    flag: 'template_enabled/t_damaged_item_intake',
    oldValue: 'true',
    newValue: 'false',
    changedByRoleHash: null,
  },
});
export type TemplateToggled = EventOf<typeof TemplateToggled>;

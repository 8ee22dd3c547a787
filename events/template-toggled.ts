import { defineEvent, type EventOf } from './define-event.ts';
import { FlagChangeFields } from './flag-fields.ts';

/** One template was switched on or off. */
export const TemplateToggled = defineEvent({
  name: 'TemplateToggled',
  version: '1.0',
  producers: ['flag-watcher'],
  pii: 'L1',
  says: 'One template was switched on or off.',
  data: FlagChangeFields,
  example: {
    flag: 'template_enabled/t_damaged_item_intake',
    oldValue: 'true',
    newValue: 'false',
    changedByRoleHash: null,
  },
});
export type TemplateToggled = EventOf<typeof TemplateToggled>;

import { defineEvent, type EventOf } from './define-event.ts';
import { Code } from './fields.ts';

/** The redactor failed or left something a detector still finds; the value was dropped. */
export const RedactionFailed = defineEvent({
  name: 'RedactionFailed',
  version: '1.0',
  producers: ['classify', 'verify'],
  pii: 'L2',
  says: 'The redactor failed or left something a detector still finds; the value was dropped.',
  data: {
    stage: Code,
    detectorCode: Code,
  },
  example: { stage: 'vault', detectorCode: 'phone' },
});
export type RedactionFailed = EventOf<typeof RedactionFailed>;

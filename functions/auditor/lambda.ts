import { liveHandler } from '../shared/live-container.ts';
import { auditor } from './handler.ts';

export const handler = await liveHandler('auditor', auditor.definition.uses, auditor);

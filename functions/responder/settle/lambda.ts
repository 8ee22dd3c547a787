import { liveHandler } from '../../shared/live-container.ts';
import { responderSettle } from './handler.ts';

export const handler = await liveHandler('responder-settle', responderSettle.definition.uses, responderSettle);

import { liveHandler } from '../../shared/live-container.ts';
import { responderRoute } from './handler.ts';

export const handler = await liveHandler('responder-route', responderRoute.definition.uses, responderRoute);

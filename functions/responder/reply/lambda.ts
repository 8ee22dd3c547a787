import { LIBRARY } from '../../../templates/generated/library.ts';
import { liveHandler } from '../../shared/live-container.ts';
import { responderReply } from './handler.ts';

export const handler = await liveHandler('responder-reply', responderReply.definition.uses, responderReply, {
  templates: LIBRARY,
});

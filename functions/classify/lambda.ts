import { liveHandler } from '../shared/live-container.ts';
import { classify } from './handler.ts';

export const handler = await liveHandler('classify', classify.definition.uses, classify);

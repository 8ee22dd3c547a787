import { liveHandler } from '../shared/live-container.ts';
import { reconciler, uses } from './handler.ts';

export const handler = await liveHandler('reconciler', uses, reconciler);

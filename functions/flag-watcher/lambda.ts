import { liveHandler } from '../shared/live-container.ts';
import { flagWatcher, uses } from './handler.ts';

export const handler = await liveHandler('flag-watcher', uses, flagWatcher);

import { liveHandler } from '../shared/live-container.ts';
import { sweeper, uses } from './handler.ts';

export const handler = await liveHandler('sweeper', uses, sweeper);

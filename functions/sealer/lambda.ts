import { liveHandler } from '../shared/live-container.ts';
import { sealer, uses } from './handler.ts';

export const handler = await liveHandler('sealer', uses, sealer);

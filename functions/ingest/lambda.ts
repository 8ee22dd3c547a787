import { liveHandler } from '../shared/live-container.ts';
import { ingest } from './handler.ts';

export const handler = await liveHandler('ingest', ['secrets', 'digests'], ingest);

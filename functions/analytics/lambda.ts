import { liveHandler } from '../shared/live-container.ts';
import { liveRecords } from '../shared/records/live-firehose.ts';
import { analytics } from './handler.ts';

export const handler = await liveHandler('analytics', analytics.definition.uses, analytics, { records: liveRecords });

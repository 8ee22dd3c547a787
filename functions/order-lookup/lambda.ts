import { liveHandler } from '../shared/live-container.ts';
import { orderLookup } from './handler.ts';

export const handler = await liveHandler('order-lookup', orderLookup.definition.uses, orderLookup);

/** What each consumer of `functions/shared/consumers.ts` declares in its folder. Kept by `npx frontdesk new consumer`. */
import * as analyticsParts from '../functions/analytics/rules.ts';
import type { ConsumerName } from '../functions/shared/consumers.ts';
import type { ConsumerParts } from './topology-types.ts';

export const CONSUMER_PARTS: Readonly<Record<ConsumerName, ConsumerParts>> = { analytics: analyticsParts };

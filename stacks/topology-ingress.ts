/** The way in: routes, throttle, what is written down of a request, and what stands before it in production (platform §1.2, §3.1–3.3). */
import { CONFIG } from '../config/generated/config.ts';
import type { NamedStage } from './stages.ts';
import { LIMITS } from './topology-stage.ts';

/** The token in the path belongs to one method alone; elsewhere there is nothing below `/webhook`. */
export function routesOf({ name }: Pick<NamedStage, 'name'>): string[] {
  const isInUrl = CONFIG.webhook.auth[name] === 'url_token';
  return ['POST /webhook', 'POST /richpanel/inbound', ...(isInUrl ? ['POST /webhook/{token}'] : [])];
}

export const THROTTLE = {
  throttlingRateLimit: LIMITS.edge.requestsPerSecond,
  throttlingBurstLimit: LIMITS.edge.burst,
} as const;

/** No path, query, header or address: a token can be in the first three, and nobody is told by the fourth (platform §3.2 D, §4.4). */
export const ACCESS_LOG = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTimeEpoch',
  routeKey: '$context.routeKey',
  status: '$context.status',
  protocol: '$context.protocol',
  responseLength: '$context.responseLength',
  responseLatencyMs: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
  integrationLatencyMs: '$context.integrationLatency',
  errorType: '$context.error.responseType',
} as const;

const RATE_WINDOW_SECONDS = 300;

/** One sender may use up the whole throttle, as the helpdesk does in a surge, and no more. */
export const RATE_RULE = {
  windowSeconds: RATE_WINDOW_SECONDS,
  requests: LIMITS.edge.requestsPerSecond * RATE_WINDOW_SECONDS,
} as const;

/**
 * AWS's common rules. Those that judge bodies only count: customers may write what looks like an attack, a body may have 32 kB
 * (platform §3.3) where theirs end at 8, and the helpdesk names no user agent. What they would have stopped is judged by `ingest`.
 */
export const COMMON_RULES = {
  name: 'AWSManagedRulesCommonRuleSet',
  vendorName: 'AWS',
  counted: [
    'SizeRestrictions_BODY',
    'CrossSiteScripting_BODY',
    'GenericLFI_BODY',
    'GenericRFI_BODY',
    'EC2MetaDataSSRF_BODY',
    'NoUserAgent_HEADER',
  ],
} as const;

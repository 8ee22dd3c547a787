/** Waits, caps and limits that a stage may set differently: data, not constants in code (architecture §4). */
import { RICHPANEL_BUDGET } from '../functions/shared/limits/window.ts';
import { CAPS, TIMES, WAITS } from '../functions/shared/times.ts';

export const LIMITS = {
  /** The edge's throttle (platform §3.3 row 2). */
  edge: { requestsPerSecond: 20, burst: 50 },
  /** What all functions together may ask of a vendor (platform §5.5). */
  vendors: { richpanel: RICHPANEL_BUDGET },
  /** Days for which queues keep what waits or failed (platform §2.6). */
  queueRetentionDays: 14,
  logRetentionDays: 30,
} as const;

export const STAGE = { times: { ...WAITS, ...TIMES }, caps: CAPS, limits: LIMITS } as const;

/** What is kept for replay, and how long (platform §2.6). */
import { FACTS } from '../events/facts.ts';
import { OURS } from './topology-rules.ts';
import type { ArchiveSpec } from './topology-types.ts';

export const ARCHIVES: readonly ArchiveSpec[] = [
  { name: 'recovery', pattern: OURS, retentionDays: 14 },
  { name: 'facts', pattern: { ...OURS, 'detail-type': [...FACTS] }, retentionDays: 180 },
];

/** A ledger entry outlives every archived event that could be replayed against it by this much (platform §2.6). */
export const RETENTION_MARGIN_DAYS = 7;

/** Counts of a run's report that a right run leaves at zero (interfaces §5), in the report's order. */
export const MUST_BE_ZERO = [
  'duplicateReplies',
  'lostMessages',
  'tier0Replies',
  'staleRoutings',
  'replayWrites',
  'projectionMismatches',
  'sentAfterStop',
  'unsettled',
] as const;

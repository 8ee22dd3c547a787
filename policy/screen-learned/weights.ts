/** The weights that `tools/screen.ts` made. */
import type { LearnedWeights } from './detector.ts';
import packed from './generated/weights.json' with { type: 'json' };

export const LEARNED_WEIGHTS: LearnedWeights = packed;

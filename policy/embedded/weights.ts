/** The weights that `tools/embedded.ts` made: JSON, which loads ten times faster than a module of that size. */
import packed from './generated/weights.json' with { type: 'json' };
import type { PackedWeights } from './linear.ts';

export const WEIGHTS: PackedWeights = packed;

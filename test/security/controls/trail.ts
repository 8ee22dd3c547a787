import type { Control } from '../control.ts';

export const TRAIL_CONTROLS: readonly Control[] = [];

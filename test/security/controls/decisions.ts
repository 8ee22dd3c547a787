import type { Control } from '../control.ts';

export const DECISIONS_CONTROLS: readonly Control[] = [];

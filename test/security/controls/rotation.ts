import type { Control } from '../control.ts';

export const ROTATION_CONTROLS: readonly Control[] = [];

import type { Control } from '../control.ts';

export const SWITCHES_CONTROLS: readonly Control[] = [];

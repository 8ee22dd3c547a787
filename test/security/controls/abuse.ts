import type { Control } from '../control.ts';

export const ABUSE_CONTROLS: readonly Control[] = [];

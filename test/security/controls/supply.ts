import type { Control } from '../control.ts';

export const SUPPLY_CONTROLS: readonly Control[] = [];

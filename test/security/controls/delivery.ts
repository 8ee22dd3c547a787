import type { Control } from '../control.ts';

export const DELIVERY_CONTROLS: readonly Control[] = [];

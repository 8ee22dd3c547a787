import type { Control } from '../control.ts';

export const INGRESS_CONTROLS: readonly Control[] = [];

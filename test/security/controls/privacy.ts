import type { Control } from '../control.ts';

export const PRIVACY_CONTROLS: readonly Control[] = [];

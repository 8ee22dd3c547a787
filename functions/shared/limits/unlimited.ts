/** No budget at all: a demonstration against the sandbox without its rate limit. */
import type { Limits } from '../ports.ts';

export const unlimited: Limits = { take: async () => true };

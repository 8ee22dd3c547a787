/**
 * Consumers beyond those that the specification names (platform §1.3): tests that hold the topology to the specification's tables pass
 * them by; `consumers.test.ts` says what each of them may be.
 */
import { CONSUMERS } from '../functions/shared/consumers.ts';

const SPECIFIED: readonly string[] = ['analytics'];
const ADDED: readonly string[] = CONSUMERS.filter((name) => !SPECIFIED.includes(name));

export const isSpecified = (name: string): boolean => !ADDED.includes(name);

/** For tests: the weights unpacked once for every container of a test file. */
import { embeddedJudges } from './judges.ts';

export const EMBEDDED = embeddedJudges();

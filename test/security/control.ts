/** A security control as data: what it stops, the edit that removes it, and the test that fails once it is gone (`docs/security.md`). */
import type { Edit } from '../simulation/planted/bug.ts';

export const THREATS = [
  ...['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11'],
  ...['T12', 'T13', 'T14', 'T15', 'T16', 'T17', 'T18', 'T19', 'T20', 'T21'],
] as const;
export const OWASP = [
  ...['LLM01', 'LLM02', 'LLM03', 'LLM04', 'LLM05', 'LLM06', 'LLM07', 'LLM08', 'LLM09', 'LLM10'],
] as const;

/** `T1`–`T21` of platform §4.2, `LLM01`–`LLM10` of the OWASP list. */
export type Threat = (typeof THREATS)[number] | (typeof OWASP)[number];

export type Control = {
  /** Kebab-case, of its own in all areas. */
  readonly id: string;
  readonly threats: readonly [Threat, ...Threat[]];
  /** One sentence for the table: what holds the threat off. */
  readonly control: string;
  /** vitest file, from the root; the whole of it is run. */
  readonly test: string;
  /** Removes the control and nothing else; with it the test fails. */
  readonly removal: readonly [Edit, ...Edit[]];
};

/** A security control as data: what it stops, the edit that removes it, and the test that fails once it is gone (`docs/security.md`). */
import type { Edit } from '../simulation/planted/bug.ts';
import type { Threat } from './threats.ts';

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

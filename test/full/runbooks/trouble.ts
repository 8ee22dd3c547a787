/** A trouble that can be planted, and the person who does by hand what its page says. */
import type { Stage, Started } from './stage.ts';

export type Known = Map<string, string>;

/** What is known once the page was walked to its end. */
export type Walked = {
  readonly stage: Stage;
  readonly known: Known;
  /** RFC 3339: from then on replies may go out again. */
  readonly resumedAt: string;
};

export type Trouble = {
  readonly started: Started;
  /** Resolves when the trouble shows; gives the placeholders that the page leaves to the reader, as they stand then. */
  plant(stage: Stage, known: Known): Promise<void>;
  /** One for each deed of the page, in its order. */
  deeds(stage: Stage, known: Known): readonly (() => Promise<void>)[];
  /** Throws where something is not as it must be; figures for the line that is printed. */
  prove(walked: Walked): Promise<readonly string[]>;
  /** Of what was started beside the instance. */
  close?(): Promise<void>;
};

export const nowText = (): string => new Date().toISOString();

export function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

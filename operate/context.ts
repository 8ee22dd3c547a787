/** What every command is given, and what it gives back. */

import type { StageTable } from '../stacks/stages.ts';

/** Where `npm start` keeps state unless told otherwise (interfaces §1). */
export const DEFAULT_FOLDER = '.frontdesk';

export type Variables = Readonly<Record<string, string | undefined>>;

export type Context = {
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  /** As it was given, for messages. */
  readonly dataDirGiven: string;
  readonly variables: Variables;
  /** Other stages than those of stacks/stages.ts. */
  readonly stages?: StageTable;
  /** `aws` only for the commands that reach a deployed stage. */
  readonly target: 'local' | 'aws';
  /** As it was given. */
  readonly stage: string | null;
  readonly isJson: boolean;
  /** Who asks, as the organisation's sign-in says; the account on this machine where it is left out. */
  readonly operator?: string;
  /** One line of progress: on stdout for people, on stderr beside JSON. */
  tell(line: string): void;
  /** The same, always on stderr: for what is redrawn while it goes on. */
  note(line: string): void;
};

export type Answer = {
  /** The one JSON value. */
  readonly value: unknown;
  /** The same value in pieces, where it is too long for memory; then these are printed. */
  readonly pieces?: () => Iterable<string>;
  /** The same for people. */
  readonly text: string;
  /** 1 when the command ran and its finding is bad, such as a failed check. */
  readonly exitCode?: 0 | 1;
};

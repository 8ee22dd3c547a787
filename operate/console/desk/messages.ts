/** What the console's server and its worker say to each other. */
import type { Variables } from '../../context.ts';

export type DeskSettings = {
  readonly dataDir: string;
  readonly dataDirGiven: string;
  /** Where files for a person to take away are written; gone with the instance. */
  readonly downloadsDir: string;
  readonly target: 'local' | 'aws';
  readonly stage: string | null;
  readonly variables: Variables;
};

export type Asked = {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly operator: string | null;
};

export type Refused = { readonly code: string; readonly message: string; readonly cure: string };

/** `json` is written by the worker, so that the server's thread passes it on as it is. */
export type Told =
  | { readonly id: number; readonly line: string }
  | { readonly id: number; readonly json: string }
  | { readonly id: number; readonly refused: Refused; readonly isMisuse: boolean };

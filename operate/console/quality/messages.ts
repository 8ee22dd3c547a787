/** What the desk and the thread that reads for the page of quality say to each other. */
import type { Reading } from '../../quality/reader.ts';
import type { QualityView } from '../../quality/view.ts';
import type { Refused } from '../desk/messages.ts';

/** Somebody looks at the page, or has just said something that changes it. */
export type Look = { readonly look: true };

export type Snapshot = {
  readonly reading: Reading & { readonly isDone: boolean };
  /** Of what is read so far. */
  readonly view: QualityView;
};

export type Read = { readonly snapshot: Snapshot } | { readonly refused: Refused };

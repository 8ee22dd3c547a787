/** What one family of the Tier 0 screen consists of (decisions §2.1): data, read by `screen-rules.ts`. */
import type { RiskFlag } from '../../events/words.ts';

/** Rule id → its phrases, in the language of `phrases.ts`. */
export type Phrases = Readonly<Record<string, readonly string[]>>;

export type ScreenFamily = {
  readonly family: RiskFlag;
  /** Word classes of this family; they may use the shared ones of `screen-words.ts`. */
  readonly classes: Phrases;
  /** Ordinary expressions whose words do not count for this family. */
  readonly ordinary: readonly string[];
  readonly strong: Phrases;
  readonly weak: Phrases;
};

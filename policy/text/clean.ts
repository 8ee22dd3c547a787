/** A comment as the helpdesk has it → what is screened, classified and counted (decisions §3.3 steps 1–3). */
import { splitMessage } from './history.ts';
import { htmlToText, looksLikeHtml } from './html.ts';
import { beginning } from './truncate.ts';

/** Of the comment as it came; mail with a history is longer than what is screened of it. */
const MAX_RAW_CHARS = 1_000_000;
const MAX_CHARS = 64_000; // hard cap of what is screened, decisions §2.1

export type CleanMessage = {
  /** What the customer wrote, without history, signature and legal footers. */
  readonly own: string;
  /** History and footers: screened, a hit there is weak. */
  readonly quoted: string;
  /** Screened with `own`, not classified: whoever hides a demand under "--" is still heard. */
  readonly signature: string;
  /** What no classifier reads although nothing proves that somebody else wrote it: signature, footers, history under a typed header. */
  readonly doubtful: string;
  /** It goes on behind what is kept: nobody reads what the rest asks for. */
  readonly cut: boolean;
  /** Whitespace tokens of `own`. */
  readonly words: number;
  /** Nothing in `own` that could be read: no letter and no digit. */
  readonly empty: boolean;
};

/** Line ends unified, NFKC, no control, bidi or other invisible characters, no half of a pair, single spaces, at most one blank line. */
export function tidyText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Cleans one comment. `html` says what it is; left out, mark-up is recognised. */
export function cleanMessage(raw: string, options: { readonly html?: boolean } = {}): CleanMessage {
  const text = (options.html ?? looksLikeHtml(raw)) ? htmlToText(raw) : raw.slice(0, MAX_RAW_CHARS);
  const parts = splitMessage(tidyText(text));
  const whole = tidyText(parts.own);
  const own = beginning(whole, MAX_CHARS);
  const { signature, footers, unmarked } = parts;
  return {
    own,
    quoted: joined(parts.quoted, unmarked, footers),
    signature: tidyText(signature),
    doubtful: joined(signature, footers, unmarked),
    cut: whole.length > MAX_CHARS || raw.length > MAX_RAW_CHARS,
    words: own === '' ? 0 : own.split(/\s+/).length,
    empty: !/[\p{L}\p{N}]/u.test(own),
  };
}

function joined(...parts: readonly string[]): string {
  return beginning(tidyText(parts.filter((part) => part !== '').join('\n')), MAX_CHARS);
}

/** The two texts the Tier 0 screen reads. */
export function screenable(message: CleanMessage): { own: string; quoted: string } {
  return {
    own: message.signature === '' ? message.own : `${message.own}\n${message.signature}`,
    quoted: message.quoted,
  };
}

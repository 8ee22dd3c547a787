/** What a customer wrote themselves, and what a mail program put under it (decisions §3.3 step 2). When in doubt, it is theirs. */

export type MessageParts = {
  readonly own: string;
  /** History that an attribution, the address of its writer or ">" marks: somebody else wrote it, or the customer on another day. */
  readonly quoted: string;
  /** History under a header without an address, and subjects: anybody types them. */
  readonly unmarked: string;
  readonly footers: string;
  /** Name, firm, numbers, "Sent from …": neither question nor history. */
  readonly signature: string;
};

const QUOTED_LINE = /^\s*>/;
const REST_IS_HISTORY: readonly RegExp[] = [
  /^\s*-{2,}\s*(?:original message|forwarded message|mensaje original|mensaje reenviado|urspr\S* nachricht|message d'origine)\s*-{0,}\s*$/i,
  /^\s*begin forwarded message:?\s*$/i,
  /^\s*#{2,}-? ?please (?:type|reply|write) (?:your reply )?above this line/i,
];
/** "On Mon, 3 Nov 2025 at 10:00, Name wrote:" in a few languages; may be wrapped over two lines. */
const ATTRIBUTION =
  /^\s*(?:on|el|le|am|il|op)\b.{5,200}(?:(?<!\b(?:i|we) )wrote|escribi[oó]|a [eé]crit|schrieb|ha scritto|schreef)\s*:?\s*$/i;
/** Mail programs say when or who by number or address; "On Monday I wrote:" is a customer telling a story. */
const DATED = /[\d@]/;
const HEADER_FROM = /^\s*\*?(?:from|de|von)\s*:\*?\s*\S/i;
const HEADER_NEXT = /^\s*\*?(?:sent|date|to|subject|cc|enviado|fecha|para|asunto|gesendet|an|betreff)\s*:/i;
/** Every mail program writes when it was sent; whoever types a header does not. */
const HEADER_DATE = /^\s*\*?(?:sent|date|enviado|fecha|gesendet|datum)\s*:/i;
const HEADER_SUBJECT = /^\s*\*?(?:subject|asunto|betreff)\s*:/i;
const ADDRESS = /\S@\S/;
const MOST_HEADER_LINES = 8;
/** Outlook draws one above its header; anybody draws one between two thoughts. */
const RULE_LINE = /^\s*_{20,}\s*$/;
const SIGNATURE_DELIMITER = /^\s*--\s*$/;
const DEVICE_LINE =
  /^\s*(?:sent (?:from|via|with) (?:my |the )?[\w .'-]{2,60}|get outlook for [\w ]{2,20}|enviado desde mi [\w .]{2,40})\s*$/i;
/** Whoever speaks under "--" goes on writing: a signature names and does not ask. */
const SPEAKS = /\?|\b(?:i|im|i'm|i’m|id|i'd|i’d|ive|i've|i’ve|me|my|mine|please|pls|plz|you|u|your|yo|mi|favor)\b/i;
const THANKS = /\bthank(?:s| you)\b|\bgracias\b/gi;
/** One of these words may be anybody's; a legal footer holds several. */
const LEGAL_WORDS: readonly RegExp[] = [
  /\bconfiden[ct]ial/i,
  /\b(?:confidentiality|disclaimer|legal) notice\b/i,
  /\bintended\b|\bdestinatario/i,
  /\brecipients?\b|\baddressees?\b/i,
  /\bprivileged\b|\bproprietary\b/i,
  /\bdisclos|\bdisseminat|\bdistribut|\bcopying\b/i,
  /\bunauthori[sz]ed\b|\bprohibited\b|\bunlawful\b/i,
  /\bnotify (?:the|us|me) |\bin error\b|\bby mistake\b|\bpor error\b/i,
  /\b(?:este|esta) (?:correo|mensaje)\b/i,
];
const FEWEST_LEGAL_WORDS = 2;

const MAX_SIGNATURE_LINES = 10;
const MAX_SIGNATURE_CHARS = 600;
const MAX_FOOTER_CHARS = 2_500;

function startsHistory(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (REST_IS_HISTORY.some((marker) => marker.test(line))) return true;
  if (RULE_LINE.test(line)) return HEADER_FROM.test(lines.slice(at + 1, at + 3).find((next) => next !== '') ?? '');
  const next = lines.slice(at + 1, at + 5).filter((following) => HEADER_NEXT.test(following));
  return HEADER_FROM.test(line) && next.length >= 2 && next.some((following) => HEADER_DATE.test(following));
}

/** Length in lines of an attribution that begins at `at`; 0 when none does. */
function attributionLength(lines: readonly string[], at: number): number {
  const line = lines[at] ?? '';
  if (line.length > 250) return 0;
  if (ATTRIBUTION.test(line)) return DATED.test(line) || QUOTED_LINE.test(nextWritten(lines, at)) ? 1 : 0;
  const wrapped = `${line} ${lines[at + 1] ?? ''}`;
  return /^\s*(?:on|el|le|am|il|op)\b.*\d/i.test(line) && wrapped.length <= 250 && ATTRIBUTION.test(wrapped) ? 2 : 0;
}

const nextWritten = (lines: readonly string[], at: number): string =>
  lines.slice(at + 1, at + 3).find((line) => line.trim() !== '') ?? '';

type Voices = { readonly own: string[]; readonly unmarked: string[]; readonly quoted: string[] };

/** Who wrote which line. After an attribution without ">" lines the rest is quoted; with them, only those lines are. */
function splitHistory(lines: readonly string[]): Voices {
  const voices: Voices = { own: [], unmarked: [], quoted: [] };
  const lastQuoted = lines.findLastIndex((line) => QUOTED_LINE.test(line));
  let rest: 'own' | 'unmarked' = 'own';
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const isQuoted = QUOTED_LINE.test(line);
    const attribution = isQuoted ? 0 : attributionLength(lines, at);
    if (attribution > 0 && lastQuoted < at + attribution) {
      voices.quoted.push(...lines.slice(at));
      return voices;
    }
    if (rest === 'own' && startsHistory(lines, at)) {
      const header = lines.slice(at, at + MOST_HEADER_LINES);
      if (header.some((one) => HEADER_FROM.test(one) && ADDRESS.test(one))) {
        voices.unmarked.push(...header.filter((one) => HEADER_SUBJECT.test(one)));
        voices.quoted.push(...lines.slice(at));
        return voices;
      }
      rest = 'unmarked';
    }
    if (attribution > 0) {
      voices.quoted.push(...lines.slice(at, at + attribution));
      at += attribution - 1;
    } else if (isQuoted) voices.quoted.push(line.replace(/^[\s>]+/, ''));
    else voices[rest].push(line);
  }
  return voices;
}

function takeSignature(lines: readonly string[]): { body: string[]; signature: string[] } {
  const withoutDevice = lines.filter((line) => !DEVICE_LINE.test(line));
  const devices = lines.filter((line) => DEVICE_LINE.test(line));
  const at = withoutDevice.findLastIndex((line) => SIGNATURE_DELIMITER.test(line));
  const tail = at < 0 ? [] : withoutDevice.slice(at + 1);
  const under = tail.join('\n');
  const isSmall = tail.length <= MAX_SIGNATURE_LINES && under.length <= MAX_SIGNATURE_CHARS;
  return at > 0 && isSmall && !SPEAKS.test(under.replace(THANKS, ''))
    ? { body: withoutDevice.slice(0, at), signature: [...tail, ...devices] }
    : { body: withoutDevice, signature: devices };
}

/** Paragraphs of legal words; never the first one. */
function takeFooters(text: string): { body: string; footers: string[] } {
  const paragraphs = text.split(/\n\s*\n/);
  const isFooter = (paragraph: string, at: number) =>
    at > 0 &&
    paragraph.length <= MAX_FOOTER_CHARS &&
    LEGAL_WORDS.filter((word) => word.test(paragraph)).length >= FEWEST_LEGAL_WORDS;
  return {
    body: paragraphs.filter((paragraph, at) => !isFooter(paragraph, at)).join('\n\n'),
    footers: paragraphs.filter(isFooter),
  };
}

/** Splits plain text of one message. */
export function splitMessage(text: string): MessageParts {
  const { own, unmarked, quoted } = splitHistory(text.split('\n'));
  const { body, signature } = takeSignature(own);
  const { body: written, footers } = takeFooters(body.join('\n'));
  return {
    own: written,
    quoted: quoted.join('\n'),
    unmarked: unmarked.join('\n'),
    footers: footers.join('\n'),
    signature: signature.join('\n'),
  };
}

/** What a customer wrote themselves, and what a mail program put under it (decisions §3.3 step 2). When in doubt, it is theirs. */

/** `quoted` is history and legal footers; `signature` is neither question nor history. */
export type MessageParts = { readonly own: string; readonly quoted: string; readonly signature: string };

const QUOTED_LINE = /^\s*>/;
const REST_IS_HISTORY: readonly RegExp[] = [
  /^\s*-{2,}\s*(?:original message|forwarded message|mensaje original|mensaje reenviado|urspr\S* nachricht|message d'origine)\s*-{0,}\s*$/i,
  /^\s*begin forwarded message:?\s*$/i,
  /^\s*_{20,}\s*$/,
  /^\s*#{2,}-? ?please (?:type|reply|write) (?:your reply )?above this line/i,
];
/** "On Mon, 3 Nov 2025 at 10:00, Name wrote:" in a few languages; may be wrapped over two lines. */
const ATTRIBUTION =
  /^\s*(?:on|el|le|am|il|op)\b.{5,200}(?:wrote|escribi[oó]|a [eé]crit|schrieb|ha scritto|schreef)\s*:?\s*$/i;
const HEADER_FROM = /^\s*\*?(?:from|de|von)\s*:\*?\s*\S/i;
const HEADER_NEXT = /^\s*\*?(?:sent|date|to|subject|cc|enviado|fecha|para|asunto|gesendet|an|betreff)\s*:/i;
const SIGNATURE_DELIMITER = /^\s*(?:--|—|-- )\s*$/;
const DEVICE_LINE =
  /^\s*(?:sent (?:from|via|with) (?:my |the )?[\w .'-]{2,60}|get outlook for [\w ]{2,20}|enviado desde mi [\w .]{2,40})\s*$/i;
const LEGAL_FOOTER =
  /(?:this (?:e-?mail|message|communication|transmission)\b.{0,120}\b(?:confidential|intended|privileged)|(?:confidentiality|disclaimer|legal) notice\s*:|if you are not the intended recipient|este (?:correo|mensaje)\b.{0,120}\bconfidencial)/i;

const MAX_SIGNATURE_LINES = 10;
const MAX_SIGNATURE_CHARS = 600;
const MAX_FOOTER_CHARS = 2_500;

function startsHistory(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (REST_IS_HISTORY.some((marker) => marker.test(line))) return true;
  const next = lines.slice(at + 1, at + 4);
  return HEADER_FROM.test(line) && next.filter((following) => HEADER_NEXT.test(following)).length >= 2;
}

/** Length in lines of an attribution that begins at `at`; 0 when none does. */
function attributionLength(lines: readonly string[], at: number): number {
  const line = lines[at] ?? '';
  if (line.length > 250) return 0;
  if (ATTRIBUTION.test(line)) return 1;
  const wrapped = `${line} ${lines[at + 1] ?? ''}`;
  return /^\s*(?:on|el|le|am|il|op)\b.*\d/i.test(line) && wrapped.length <= 250 && ATTRIBUTION.test(wrapped) ? 2 : 0;
}

/** Lines to quoted or own. After an attribution without ">" lines the rest is history; with them, only those lines are. */
function splitHistory(lines: readonly string[]): { own: string[]; quoted: string[] } {
  const own: string[] = [];
  const quoted: string[] = [];
  const lastQuoted = lines.findLastIndex((line) => QUOTED_LINE.test(line));
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const attribution = QUOTED_LINE.test(line) ? 0 : attributionLength(lines, at);
    const restIsHistory = startsHistory(lines, at) || (attribution > 0 && lastQuoted < at + attribution);
    if (restIsHistory) return { own, quoted: [...quoted, ...lines.slice(at)] };
    if (attribution > 0) {
      quoted.push(...lines.slice(at, at + attribution));
      at += attribution - 1;
    } else if (QUOTED_LINE.test(line)) quoted.push(line.replace(/^[\s>]+/, ''));
    else own.push(line);
  }
  return { own, quoted };
}

function takeSignature(lines: readonly string[]): { body: string[]; signature: string[] } {
  const withoutDevice = lines.filter((line) => !DEVICE_LINE.test(line));
  const devices = lines.filter((line) => DEVICE_LINE.test(line));
  const at = withoutDevice.findLastIndex((line) => SIGNATURE_DELIMITER.test(line));
  const tail = at < 0 ? [] : withoutDevice.slice(at + 1);
  const isSmall = tail.length <= MAX_SIGNATURE_LINES && tail.join('\n').length <= MAX_SIGNATURE_CHARS;
  return at > 0 && isSmall
    ? { body: withoutDevice.slice(0, at), signature: [...tail, ...devices] }
    : { body: withoutDevice, signature: devices };
}

/** Footer paragraphs go to the quoted part: screened, but weak. */
function takeFooters(text: string): { body: string; footers: string[] } {
  const paragraphs = text.split(/\n\s*\n/);
  const isFooter = (paragraph: string, at: number) =>
    at > 0 && paragraph.length <= MAX_FOOTER_CHARS && LEGAL_FOOTER.test(paragraph);
  return {
    body: paragraphs.filter((paragraph, at) => !isFooter(paragraph, at)).join('\n\n'),
    footers: paragraphs.filter(isFooter),
  };
}

/** Splits plain text of one message. */
export function splitMessage(text: string): MessageParts {
  const { own, quoted } = splitHistory(text.split('\n'));
  const { body, signature } = takeSignature(own);
  const { body: written, footers } = takeFooters(body.join('\n'));
  return { own: written, quoted: [...quoted, ...footers].join('\n'), signature: signature.join('\n') };
}

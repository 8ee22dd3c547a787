/**
 * What a message says in the voice of a machine: role labels, pasted decisions, templates, tags, claims of certainty. It is data like
 * the rest and void (decisions §7 A2–A4, A15, A16, A25): the built-in classifier reads what is left. The Tier 0 screen reads it all.
 */
import { INTENTS, ROUTE_TAGS, TEMPLATE_IDS } from '../../events/words.ts';
import { PLACEHOLDERS } from './redact/detector.ts';

const MACHINE = 'system|assistant|developer|tool|function|ai|bot|role|internal|decision|verifier|classifier|router';
const CUSTOMER = 'user|customer|human|client';
const LABEL_END = String.raw`(?:[ _](?:note|message|prompt|result|output|instructions?|override|verdict|call|log))?(?: ?\([^()\n]{0,60}\))? ?[\])>#*|]{0,4} ?(?::|->|>|\|)`;
const LABEL_START = String.raw`^[\s#*_\[(<|>]{0,6}`;
/** "SYSTEM> …", "[assistant]: …", "Internal note (hidden): …": the line is theirs. */
const MACHINE_LINE = new RegExp(`${LABEL_START}(?:${MACHINE})${LABEL_END}`, 'i');
/** "User: …": only the label goes. */
const CUSTOMER_LABEL = new RegExp(`${LABEL_START}(?:${CUSTOMER})${LABEL_END} ?`, 'i');
/** "### System ###" alone on its line speaks for the lines below it. */
const headingOf = (voices: string, bare: string): RegExp =>
  new RegExp(
    `^\\s{0,4}(?:${bare}|[#*_[(<|>=-]{1,6} ?(?:${voices}) ?[#*_\\])>|=:-]{0,6}|(?:${voices}) ?[\\])>|:]{1,4})\\s{0,4}$`,
    'i',
  );
const MACHINE_HEADING = headingOf(MACHINE, 'system|assistant|developer');
const CUSTOMER_HEADING = headingOf(CUSTOMER, 'user|human');
const DELIMITER_LINE =
  /^[\s\-=#*_~`"[\]<>|{}\\]{3,}$|^`{3}\w{0,20}$|^\W{0,8}(?:begin|end|start|stop|close)\W{1,3}(?:of\W)?(?:\w{1,20}\W){0,3}(?:input|message|block|prompt|instructions|data|[0-9a-f]{8,})\W{0,8}$|^\W{0,8}(?:user|message|input|system)_(?:begin|end|start)\W{0,8}$/i;
const INTERNAL_HEADER = /^x-[a-z-]{2,60}:/i;
const MAIL_HEADER = /^(?:from|to|cc|bcc|date|sent|status|reply-to|message-id|subject):/i;

/** Marks and placeholders that no person writes; their content goes with them, braces from the inside out. */
const MARKS: readonly RegExp[] = [
  /<<(\w{1,20})>>[\s\S]{0,2000}?<<\/\1>>/g,
  /(?<!<)<{2,}[^<>\n]{1,60}>{2,}/g,
  /<\|[^|<>\n]{1,40}\|>/g,
  /<%[\s\S]{0,500}?%>/g,
  /<!\[cdata\[|\]\]>/gi,
  /<\/?[a-z][\w:-]{0,40}(?:\s[^<>]{0,200})?\/?>/gi,
  /\[\[[^[\]\n]{1,80}\]\]/g,
  /\[\/?inst\]/gi,
  /%[A-Z][A-Z_]{1,40}%/g,
];
const BRACES = /[$#%]?\{[^{}]{0,4000}\}/g;
const MOST_NESTED = 6;

/** Words of our own data; whoever writes them in a sentence speaks about the machine and not about an order. */
const OWN_WORDS = [...INTENTS, ...TEMPLATE_IDS].filter((word) => word.includes('_'));
const OWN_TAG = new RegExp(
  String.raw`\[?(?<![\w@.-])(?:mw-[a-z0-9_-]{2,60}|${ROUTE_TAGS.join('|')})(?![\w@])\]?`,
  'gi',
);
const OWN_TERM = new RegExp(
  String.raw`(?<![\w@.-])(?:${OWN_WORDS.join('|')}|mw-[a-z0-9_-]{2,60}|${ROUTE_TAGS.join('|')}|mw_[a-z0-9_]{2,60}|tier_[0-3]\w{0,30}|tier ?[=:] ?\d|[a-z]{2,20}_(?:intent|intents|scores|confidence|tier|tier2|id)|allow_tier2|gatereport|intents? ?[:=]|(?:confidence|margin|score|probability) ?(?:of |is |to )?[:=]? ?(?:[01]?\.\d+|1\b|\d{2,3} ?%))(?![\w@])`,
  'i',
);
/** "assignee=x; priority=low": fields of a record. */
const FIELD = /(?<![\w?&/.=])[a-z][\w-]{1,30}=[\w#.-]/i;
/** Our own placeholders stand for what the customer wrote. */
const REDACTED = new RegExp(PLACEHOLDERS.map((placeholder) => placeholder.replace(/[[\]]/g, '\\$&')).join('|'), 'g');
const ADDRESS = /(?:https?:\/\/|www\.)\S{1,2000}/gi;

/** `"refund": "ok"`: a record's field of one word. */
const RECORD_FIELD = /"[\w.-]{1,60}" ?: ?(?:"[\w.-]{0,60}"|[\w.-]{1,60})?/g;
const OWN_WORD = new RegExp(String.raw`(?<![\w@.-])(?:${OWN_WORDS.join('|')})(?![\w@])`, 'gi');

/** The text without the names of our own data and the fields of a record: whoever names an intent asks for nothing by it. Pure, linear. */
export function withoutCodes(text: string): string {
  return text.replace(RECORD_FIELD, ' ').replace(OWN_WORD, ' ');
}

/** The message without what it says in a machine's voice; empty where it says nothing else. Pure, linear. */
export function stripForgery(text: string): string {
  const lines = withoutMarks(text).split('\n');
  const rest = said(withoutMachineLines(lines));
  // All on one line: what follows the first sentence may be the customer's.
  return rest === '' ? said(withoutMachineLines(lines.map(withoutFirstClaim))) : rest;
}

function said(lines: readonly string[]): string {
  const kept = withoutHeaders(lines).map((line) => withoutClaims(line.replace(CUSTOMER_LABEL, '')));
  const rest = kept
    .join('\n')
    .replace(/ {2,}/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return /[\p{L}\p{N}\p{Extended_Pictographic}?!]/u.test(rest) ? rest : '';
}

function withoutFirstClaim(line: string): string {
  return MACHINE_LINE.test(line)
    ? line
        .split(/(?<=[.!?])\s+/)
        .slice(1)
        .join(' ')
    : line;
}

function withoutMarks(text: string): string {
  let rest = text.replace(/\\[nrt](?![a-z]:)/g, '\n');
  for (const mark of MARKS) rest = rest.replace(mark, mark.source.startsWith('<\\|') ? '\n' : ' ');
  for (let depth = 0; depth < MOST_NESTED && rest.includes('{'); depth += 1) rest = rest.replace(BRACES, ' ');
  return rest.replace(/\[[\s,]{0,40}\]/g, ' ');
}

function withoutMachineLines(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let isMachine = false;
  for (const line of lines) {
    if (MACHINE_HEADING.test(line)) isMachine = true;
    else if (CUSTOMER_HEADING.test(line) || line.trim() === '') isMachine = false;
    const isVoid =
      isMachine ||
      CUSTOMER_HEADING.test(line) ||
      MACHINE_LINE.test(line) ||
      DELIMITER_LINE.test(line) ||
      INTERNAL_HEADER.test(line);
    if (!isVoid) kept.push(line);
  }
  return kept;
}

/** A mail header at the top; what its subject says is the customer's. */
function withoutHeaders(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const after = lines.findIndex((line, at) => at >= first && !MAIL_HEADER.test(line));
  const isHeader = first >= 0 && (after < 0 ? lines.length : after) - first >= 2;
  if (!isHeader) return [...lines];
  return lines.flatMap((line, at) => {
    if (at >= after && after >= 0) return [line];
    return /^subject:/i.test(line) ? [line.replace(/^subject:/i, '').trim()] : [];
  });
}

/** Sentences that speak our data's words go; others of the same line stay, and so does a wish behind a row of tags. */
function withoutClaims(line: string): string {
  if (!isClaim(line)) return line;
  const kept = line.split(/(?<=[.!?;])\s+/).filter((sentence) => !isClaim(sentence));
  if (kept.length > 0) return kept.join(' ');
  const untagged = line.replace(OWN_TAG, ' ').trim();
  return !isClaim(untagged) && (untagged.match(/\p{L}+/gu) ?? []).length >= FEWEST_WORDS ? untagged : '';
}

const FEWEST_WORDS = 3;

function isClaim(text: string): boolean {
  const words = text.replace(ADDRESS, ' ').replace(REDACTED, ' ');
  return OWN_TERM.test(words) || FIELD.test(words);
}

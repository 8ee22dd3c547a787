/** A body's text: its hash, its placeholders, and the text that values make of it (replies §1.1, §1.6 steps 5–6, §1.7). */
import { createHash } from 'node:crypto';

/** NFC, LF line ends, exactly one newline at the end. */
export function normaliseBody(text: string): string {
  return `${text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\n+$/, '')}\n`;
}

/** SHA-256 of the normalised body, as hex. */
export function bodyHash(body: string): string {
  return createHash('sha256').update(normaliseBody(body), 'utf8').digest('hex');
}

type Placeholder = { readonly kind: 'value'; readonly name: string; readonly line: number };
type Inline = { readonly kind: 'text'; readonly text: string } | Placeholder;
type Block = {
  readonly kind: 'block';
  readonly name: string;
  readonly line: number;
  readonly content: Inline[];
};
type BodyNode = Inline | Block;

export type TagFault = { readonly line: number; readonly fault: 'syntax' | 'nested' | 'unclosed' | 'unopened' };
type ParsedBody =
  | { readonly ok: true; readonly nodes: BodyNode[] }
  | { readonly ok: false; readonly faults: TagFault[] };

// A run of three braces is matched whole, so that it is reported as what it is.
const TOKEN = /\{{3,}|\}{3,}|\{\{([^{}]*)\}\}|\{\{|\}\}/g;
const TAG = /^([#/]?)([a-z][a-z0-9_]*)$/;

/** Reads `{{name}}` and `{{#name}}…{{/name}}`, one level deep; every other tag is a fault (TL17). */
export function parseBody(body: string): ParsedBody {
  const nodes: BodyNode[] = [];
  const faults: TagFault[] = [];
  let open: Block | undefined;
  let line = 1;
  let at = 0;
  const add = (node: Inline) => (open === undefined ? nodes : open.content).push(node);
  const addText = (text: string) => {
    if (text !== '') add({ kind: 'text', text });
    line += text.split('\n').length - 1;
  };
  for (const token of body.matchAll(TOKEN)) {
    addText(body.slice(at, token.index));
    at = token.index + token[0].length;
    const tag = TAG.exec(token[1] ?? '');
    if (tag === null) {
      faults.push({ line, fault: 'syntax' });
      continue;
    }
    const [, mark, name = ''] = tag;
    if (mark === '') add({ kind: 'value', name, line });
    else if (mark === '#') {
      if (open !== undefined) faults.push({ line, fault: 'nested' });
      else {
        open = { kind: 'block', name, line, content: [] };
        nodes.push(open);
      }
    } else if (open?.name === name) open = undefined;
    else faults.push({ line, fault: 'unopened' });
  }
  addText(body.slice(at));
  if (open !== undefined) faults.push({ line: open.line, fault: 'unclosed' });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, nodes };
}

type PlacedPlaceholder = Placeholder & {
  /** The presence block it stands in. */
  readonly block: string | undefined;
};

export function placeholdersOf(nodes: readonly BodyNode[]): PlacedPlaceholder[] {
  const within = (part: Inline, block: string | undefined): PlacedPlaceholder[] =>
    part.kind === 'value' ? [{ ...part, block }] : [];
  return nodes.flatMap((node) =>
    node.kind === 'block' ? node.content.flatMap((part) => within(part, node.name)) : within(node, undefined),
  );
}

export function blocksOf(nodes: readonly BodyNode[]): Block[] {
  return nodes.filter((node) => node.kind === 'block');
}

/** Marks the place of a tag until its line is known to be needed; a body or value never holds it (`Cc` is refused in both). */
const TAG_WAS_HERE = '\u0000';

/**
 * Puts values in, literally and once; `undefined` when a placeholder that is called for has no value.
 * A line left blank by an absent block disappears, since the missing value's rule is "line omitted" (§1.5).
 */
export function expand(
  nodes: readonly BodyNode[],
  values: ReadonlyMap<string, string>,
): { text: string; used: Set<string> } | undefined {
  const used = new Set<string>();
  let text = '';
  const write = (part: Inline): boolean => {
    if (part.kind === 'text') text += part.text;
    else {
      const value = values.get(part.name);
      if (value === undefined) return false;
      used.add(part.name);
      text += value;
    }
    return true;
  };
  for (const node of nodes) {
    if (node.kind !== 'block') {
      if (!write(node)) return undefined;
      continue;
    }
    text += TAG_WAS_HERE;
    if (values.has(node.name) && !node.content.every(write)) return undefined;
    text += TAG_WAS_HERE;
  }
  const lines = text
    .split('\n')
    .filter((line) => !(line.includes(TAG_WAS_HERE) && line.replaceAll(TAG_WAS_HERE, '').trim() === ''))
    .map((line) => line.replaceAll(TAG_WAS_HERE, ''));
  return { text: tidy(lines.join('\n')), used };
}

/** LF line ends, no trailing spaces, at most two blank lines in a row, none at either end. */
export function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .replace(/^\n+/, '')
    .replace(/\n+$/, '');
}

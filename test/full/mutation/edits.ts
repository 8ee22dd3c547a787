/** Every single edit that can be made to a file of policy/: where, what kind, and the text that takes the place. */
import { parseSync } from 'oxc-parser';
import { childrenOf, isNode, isRunTime, type Node, runTimePart } from './syntax.ts';
import { siblingsOf } from './words.ts';

export const EDIT_KINDS = [
  'comparison',
  'logical',
  'negation',
  'arithmetic',
  'number',
  'boolean',
  'condition',
  'early return',
  'quantifier',
  'list element',
  'object entry',
  'wordings',
  'word',
] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

export type Edit = {
  readonly file: string;
  readonly kind: EditKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where the place begins that was edited: an operator, a value, a statement, or the list that lost an entry. */
  readonly place: number;
};

type Change = Omit<Edit, 'file' | 'place'> & { readonly place?: number };
type Context = { readonly source: string; readonly parent: Node | null };

const COMPARISONS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
};
const ARITHMETIC: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' };
const LOGICAL: Readonly<Record<string, string>> = { '&&': '||', '||': '&&' };
const QUANTIFIERS: Readonly<Record<string, string>> = { some: 'every', every: 'some', max: 'min', min: 'max' };
/** One step of a scale of scores; whole numbers change by one. */
const SCORE_STEP = 0.1;

/** All edits of one file; throws when it does not parse. */
export function editsOf(file: string, source: string): Edit[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0 || !isNode(program)) throw new Error(`${file} does not parse`);
  const edits: Edit[] = [];
  const visit = (node: Node, parent: Node | null): void => {
    if (!isRunTime(node)) return;
    for (const change of changesOf(runTimePart(node), { source, parent }))
      edits.push({ place: change.start, ...change, file });
    for (const child of childrenOf(node)) visit(child, node);
  };
  visit(program, null);
  return edits;
}

/** The file with the edit made. */
export function applied({ start, end, text }: Edit, source: string): string {
  return source.slice(0, start) + text + source.slice(end);
}

function changesOf(node: Node, context: Context): Change[] {
  switch (node.type) {
    case 'BinaryExpression':
      return operatorChanges(node, context.source);
    case 'LogicalExpression':
      return swapOperator(node, context.source, 'logical', [LOGICAL[`${node.operator}`]]);
    case 'UnaryExpression':
      return node.operator === '!' ? [replace('negation', node, textOf(node.argument, context.source))] : [];
    case 'IfStatement':
      return [...conditionChanges(node.test), ...earlyReturn(node)];
    case 'ConditionalExpression':
      return conditionChanges(node.test);
    case 'ArrayExpression':
      return listChanges(node, context.source);
    case 'ObjectExpression':
      return removals('object entry', node, node.properties, context.source);
    case 'MemberExpression':
      return quantifierChange(node, context.parent);
    case 'Literal':
      return literalChanges(node, context.parent);
    default:
      return [];
  }
}

function operatorChanges(node: Node, source: string): Change[] {
  const operator = `${node.operator}`;
  const comparisons = COMPARISONS[operator];
  if (comparisons) return swapOperator(node, source, 'comparison', comparisons);
  return swapOperator(node, source, 'arithmetic', [ARITHMETIC[operator]]);
}

function swapOperator(node: Node, source: string, kind: EditKind, others: readonly (string | undefined)[]): Change[] {
  const { left, right, operator } = node;
  if (!isNode(left) || !isNode(right)) return [];
  const between = source.slice(left.end, right.start);
  const at = left.end + between.indexOf(`${operator}`);
  return others.flatMap((text) =>
    text === undefined ? [] : [{ kind, start: at, end: at + `${operator}`.length, text }],
  );
}

function conditionChanges(test: unknown): Change[] {
  return isNode(test) ? ['true', 'false'].map((text) => replace('condition', test, text)) : [];
}

/** `if (…) return …;` without an `else`, or a block of such: as if nobody had thought of the case. */
function earlyReturn(node: Node): Change[] {
  const { consequent, alternate } = node;
  if (alternate || !isNode(consequent)) return [];
  const body = consequent.type === 'BlockStatement' && Array.isArray(consequent.body) ? consequent.body : [consequent];
  const last: unknown = body.at(-1);
  return isNode(last) && last.type === 'ReturnStatement' ? [replace('early return', node, '')] : [];
}

function removals(kind: EditKind, list: Node, entries: unknown, source: string): Change[] {
  if (!Array.isArray(entries)) return [];
  return entries.filter(isNode).map((entry) => {
    const comma = /^\s*,/.exec(source.slice(entry.end));
    return { kind, place: list.start, start: entry.start, end: entry.end + (comma?.[0].length ?? 0), text: '' };
  });
}

/** Phrases or words are one rule together, so they go together: an alternative of a phrase is no decision of its own. */
function listChanges(list: Node, source: string): Change[] {
  const elements = Array.isArray(list.elements) ? list.elements.filter(isNode) : [];
  return elements.length > 0 && elements.every(isWording)
    ? [replace('wordings', list, '[]')]
    : removals('list element', list, elements, source);
}

/** Text that is no word of the contract. */
function isWording({ type, value }: Node): boolean {
  return type === 'Literal' && typeof value === 'string' && siblingsOf(value).length === 0;
}

function quantifierChange(node: Node, parent: Node | null): Change[] {
  const { property } = node;
  if (parent?.type !== 'CallExpression' || !isNode(property) || node.computed === true) return [];
  const other = QUANTIFIERS[`${property.name}`];
  return other === undefined ? [] : [replace('quantifier', property, other)];
}

function literalChanges(node: Node, parent: Node | null): Change[] {
  const { value } = node;
  if (typeof value === 'number') {
    const step = Number.isInteger(value) ? 1 : SCORE_STEP;
    return [value + step, value - step].map((next) => replace('number', node, `${Number(next.toFixed(6))}`));
  }
  if (typeof value === 'boolean') return [replace('boolean', node, `${!value}`)];
  if (typeof value !== 'string' || isKey(node, parent)) return [];
  return siblingsOf(value).map((other) => replace('word', node, `'${other}'`));
}

/** A quoted name on the left of a colon names something; it is not a value. */
function isKey(node: Node, parent: Node | null): boolean {
  return parent?.type === 'Property' && isNode(parent.key) && parent.key.start === node.start;
}

function replace(kind: EditKind, { start, end }: Node, text: string): Change {
  return { kind, start, end, text };
}

function textOf(node: unknown, source: string): string {
  return isNode(node) ? source.slice(node.start, node.end) : '';
}

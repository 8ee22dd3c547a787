/** What of an item is shown ("Projection expressions" of the developer guide). */
import type { Item } from '../values/attribute-value.ts';
import { type Case, invalid, L, M, N, names, S } from './case.ts';

const ITEM: Item = {
  p: S('k'),
  word: S('hello'),
  n: N(1),
  doc: M({ x: N(1), y: M({ z: S('deep'), w: S('wide') }) }),
  seq: L(N(0), M({ a: N(1), b: N(2) }), N(2), N(3)),
};

type Row = readonly [
  projection: string,
  shown: Item,
  placeholders?: Readonly<Record<string, string>>,
  dynalite?: string,
];

const ROWS: readonly Row[] = [
  ['word', { word: S('hello') }],
  ['word, n', { word: S('hello'), n: N(1) }],
  ['p', { p: S('k') }],
  ['absent', {}],
  ['word, absent', { word: S('hello') }],
  ['doc.x', { doc: M({ x: N(1) }) }],
  ['doc.y.z', { doc: M({ y: M({ z: S('deep') }) }) }],
  ['doc.x, doc.y.z', { doc: M({ x: N(1), y: M({ z: S('deep') }) }) }],
  ['doc.absent', {}],
  ['doc.y', { doc: M({ y: M({ z: S('deep'), w: S('wide') }) }) }],
  ['seq[0]', { seq: L(N(0)) }],
  ['seq[2]', { seq: L(N(2)) }],
  ['seq[3], seq[0]', { seq: L(N(0), N(3)) }],
  ['seq[1].a', { seq: L(M({ a: N(1) })) }],
  ['seq[1].a, seq[1].b', { seq: L(M({ a: N(1), b: N(2) })) }],
  ['seq[9]', {}],
  ['word[0]', {}],
  ['doc[0]', {}],
  ['#a, #b.#c', { word: S('hello'), doc: M({ x: N(1) }) }, { a: 'word', b: 'doc', c: 'x' }],
  [' word ,n ', { word: S('hello'), n: N(1) }],
];

const says = (message: string) => `Invalid ProjectionExpression: ${message}`;
const SYNTAX = /^Invalid ProjectionExpression: Syntax error; /;

type ErrorRow = readonly [
  projection: string,
  message: string | RegExp,
  placeholders?: Readonly<Record<string, string>>,
];

const ERRORS: readonly ErrorRow[] = [
  ['', says('The expression can not be empty;')],
  ['word,', SYNTAX],
  ['word n', SYNTAX],
  ['word, , n', SYNTAX],
  ['seq[]', SYNTAX],
  ['size(word)', SYNTAX],
  ['word, status', says('Attribute name is a reserved keyword; reserved keyword: status')],
  ['#a', says('An expression attribute name used in the document path is not defined; attribute name: #a')],
  ['word', 'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}', { a: 'word' }],
  [
    'word, word',
    says(
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [word], path two: [word]',
    ),
  ],
  [
    'doc.y, doc.y.z',
    says(
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [doc, y], path two: [doc, y, z]',
    ),
  ],
  [
    'doc.y, doc[1]',
    says(
      'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [doc, y], path two: [doc, [1]]',
    ),
  ],
];

const GET = { Key: { p: S('k') } };

export const PROJECTIONS: readonly Case[] = [
  ...ROWS.map(
    ([projection, shown, placeholders = {}, dynalite]): Case => ({
      name: `shows ${projection}`,
      given: [ITEM],
      operation: 'GetItem',
      input: { ...GET, ProjectionExpression: projection, ...names(placeholders) },
      expected: { output: { Item: shown } },
      ...(dynalite !== undefined && { dynalite }),
    }),
  ),
  ...ERRORS.map(
    ([projection, message, placeholders = {}]): Case => ({
      name: `refuses ${projection}: ${String(message)}`,
      given: [ITEM],
      operation: 'GetItem',
      input: { ...GET, ProjectionExpression: projection, ...names(placeholders) },
      expected: invalid(message),
    }),
  ),
];

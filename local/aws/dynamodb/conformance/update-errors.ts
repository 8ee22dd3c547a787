/** Updates that are refused, before or while they are applied; nothing is changed then. */
import type { Item } from '../values/attribute-value.ts';
import { BOOL, type Case, invalid, L, M, N, NS, names, S, SS, values } from './case.ts';

const SYNTAX = /^Invalid UpdateExpression: Syntax error; /;
const says = (message: string) => `Invalid UpdateExpression: ${message}`;
const ITEM: Item = { p: S('k'), word: S('hello'), n: N(1), doc: M({ x: N(1) }), seq: L(N(1)), tags: SS('a') };
const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';
const NO_PLACE = 'The document path provided in the update expression is invalid for update';
const NO_VALUE = 'The provided expression refers to an attribute that does not exist in the item';
const overlap = (one: string, two: string) =>
  says(
    `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${one}, path two: ${two}`,
  );
const operandType = (name: string, type: string) =>
  says(`Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`);
const sectionType = (section: string, type: string) =>
  says(
    `Incorrect operand type for operator or function; operator: ${section}, operand type: ${type}, typeSet: ALLOWED_FOR_${section}_OPERAND`,
  );
const SHORTER = { dynalite: 'does not name the set of types' };

type Row = readonly [
  update: string,
  given: Item,
  message: string | RegExp,
  options?: { readonly dynalite?: string; readonly placeholders?: Readonly<Record<string, string>> },
];

const ROWS: readonly Row[] = [
  ['', {}, says('The expression can not be empty;')],
  ['n = :v', { v: N(1) }, SYNTAX],
  ['SET', {}, SYNTAX],
  ['SET n', {}, SYNTAX],
  ['SET n = ', {}, SYNTAX],
  ['SET n = :v,', { v: N(1) }, SYNTAX],
  ['SET n + :v', { v: N(1) }, SYNTAX],
  ['SET n = n * :v', { v: N(2) }, SYNTAX],
  ['SET n = :v REMOVE', { v: N(1) }, SYNTAX],
  ['ADD n', {}, SYNTAX],
  ['ADD n word', {}, SYNTAX],
  ['DELETE tags = :v', { v: SS('a') }, SYNTAX],
  ['REMOVE n :v', { v: N(1) }, SYNTAX],
  ['PUT n :v', { v: N(1) }, SYNTAX],
  ['SET n = 5', {}, SYNTAX],
  ['SET n = :v SET word = :v', { v: N(1) }, says('The "SET" section can only be used once in an update expression;')],
  [
    'REMOVE n ADD seq :v REMOVE word',
    { v: SS('a') },
    says('The "REMOVE" section can only be used once in an update expression;'),
  ],
  ['SET status = :v', { v: N(1) }, says('Attribute name is a reserved keyword; reserved keyword: status')],
  ['SET n = counter', {}, says('Attribute name is a reserved keyword; reserved keyword: counter')],
  ['SET n = size(word)', {}, says('Invalid function name; function: size')],
  ['SET n = attribute_exists(word)', {}, says('Invalid function name; function: attribute_exists')],
  [
    'SET n = :w',
    { v: N(1) },
    says('An expression attribute value used in expression is not defined; attribute value: :w'),
  ],
  [
    'SET #n = :v',
    { v: N(1) },
    says('An expression attribute name used in the document path is not defined; attribute name: #n'),
  ],
  ['SET n = :v', { v: N(1), w: N(1) }, 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}'],
  [
    'SET n = :v',
    { v: N(1) },
    'Value provided in ExpressionAttributeNames unused in expressions: keys: {#m}',
    { placeholders: { m: 'n' } },
  ],
  ['SET n = :v, n = :w', { v: N(1), w: N(2) }, overlap('[n]', '[n]')],
  ['SET n = :v REMOVE n', { v: N(1) }, overlap('[n]', '[n]')],
  ['SET doc = :v, doc.x = :v', { v: N(1) }, overlap('[doc]', '[doc, x]')],
  ['SET #d.x = :v REMOVE doc', { v: N(1) }, overlap('[doc, x]', '[doc]'), { placeholders: { d: 'doc' } }],
  ['REMOVE seq[0], seq[0]', {}, overlap('[seq, [0]]', '[seq, [0]]')],
  [
    'SET doc.x = :v REMOVE doc[0]',
    { v: N(1) },
    says(
      'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [doc, x], path two: [doc, [0]]',
    ),
  ],
  ['SET n = n + :v', { v: S('1') }, operandType('+', 'S')],
  ['SET n = :v - n', { v: BOOL(true) }, operandType('-', 'BOOL')],
  ['SET seq = list_append(seq, :v)', { v: N(1) }, operandType('list_append', 'N')],
  [
    'SET n = if_not_exists(:v, n)',
    { v: N(1) },
    says('Operator or function requires a document path; operator or function: if_not_exists'),
  ],
  [
    'SET n = if_not_exists(n)',
    {},
    says(
      'Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1',
    ),
  ],
  [
    'SET seq = list_append(seq, :v, :v)',
    { v: L() },
    says(
      'Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 3',
    ),
  ],
  ['ADD word :v', { v: S('x') }, sectionType('ADD', 'STRING'), SHORTER],
  ['ADD seq :v', { v: L(N(1)) }, sectionType('ADD', 'LIST'), SHORTER],
  ['ADD doc :v', { v: M({}) }, sectionType('ADD', 'MAP'), SHORTER],
  ['DELETE n :v', { v: N(1) }, sectionType('DELETE', 'NUMBER'), SHORTER],
  ['DELETE tags :v', { v: S('a') }, sectionType('DELETE', 'STRING'), SHORTER],
  ['SET n = word + :v', { v: N(1) }, WRONG_TYPE],
  ['SET n = n - tags', {}, WRONG_TYPE],
  ['SET seq = list_append(n, :v)', { v: L() }, WRONG_TYPE],
  ['ADD word :v', { v: N(1) }, WRONG_TYPE],
  ['ADD n :v', { v: SS('a') }, WRONG_TYPE],
  ['ADD tags :v', { v: NS(1) }, WRONG_TYPE],
  ['DELETE tags :v', { v: NS(1) }, WRONG_TYPE],
  ['DELETE word :v', { v: SS('a') }, WRONG_TYPE],
  ['SET n = absent', {}, NO_VALUE],
  ['SET n = doc.absent', {}, NO_VALUE],
  ['SET n = n + absent', {}, NO_VALUE],
  ['SET seq = list_append(absent, :v)', { v: L() }, NO_VALUE],
  ['SET absent.x = :v', { v: N(1) }, NO_PLACE],
  ['SET absent[0] = :v', { v: N(1) }, NO_PLACE],
  ['SET word.x = :v', { v: N(1) }, NO_PLACE],
  ['SET doc[0] = :v', { v: N(1) }, NO_PLACE],
  ['SET seq.x = :v', { v: N(1) }, NO_PLACE],
  ['SET seq[3].x = :v', { v: N(1) }, NO_PLACE],
  ['ADD absent.x :v', { v: N(1) }, NO_PLACE],
  ['REMOVE absent.x', {}, NO_PLACE],
  [
    'SET p = :v',
    { v: S('x') },
    'One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key',
  ],
  [
    'REMOVE p',
    {},
    'One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key',
  ],
  [
    'SET n = n + :v',
    { v: N('0.00000000000000000000000000000000000001') },
    'Attempting to store more than 38 significant digits in a Number',
    { dynalite: 'keeps as many digits as the sum has' },
  ],
  [
    'ADD n :v',
    { v: N('9.9999999999999999999999999999999999999e125') },
    'Attempting to store more than 38 significant digits in a Number',
    { dynalite: 'keeps as many digits as the sum has' },
  ],
  [
    'SET n = :v + :w',
    { v: N('9e125'), w: N('9e125') },
    'Number overflow. Attempting to store a number with magnitude larger than supported range',
    { dynalite: 'keeps numbers of any magnitude' },
  ],
  ['SET n = :v', { v: S('x'.repeat(410_000)) }, 'Item size to update has exceeded the maximum allowed size'],
];

export const UPDATE_ERRORS: readonly Case[] = ROWS.map(
  ([update, given, message, { dynalite, placeholders = {} } = {}]): Case => ({
    name: `${update} ${JSON.stringify(given).slice(0, 60)}: ${String(message)}`,
    given: [ITEM],
    operation: 'UpdateItem',
    input: { Key: { p: S('k') }, UpdateExpression: update, ...values(given), ...names(placeholders) },
    expected: invalid(message),
    left: [ITEM],
    ...(dynalite !== undefined && { dynalite }),
  }),
);

/** Conditions that are refused before anything is looked at. */
import type { Item } from '../values/attribute-value.ts';
import { BOOL, type Case, invalid, L, M, N, NS, NULL, names, S, SS, values } from './case.ts';

const SYNTAX = /^Invalid ConditionExpression: Syntax error; /;
const says = (message: string) => `Invalid ConditionExpression: ${message}`;

type Row = readonly [
  condition: string,
  given: Item,
  message: string | RegExp,
  options?: { readonly dynalite?: string; readonly placeholders?: Readonly<Record<string, string>> },
];

const ROWS: readonly Row[] = [
  ['', {}, says('The expression can not be empty;')],
  ['word', {}, SYNTAX],
  ['word =', {}, SYNTAX],
  ['= :v', { v: S('x') }, SYNTAX],
  ['word = :v AND', { v: S('x') }, SYNTAX],
  ['word == :v', { v: S('x') }, SYNTAX],
  ['word != :v', { v: S('x') }, SYNTAX],
  ['word = :v word', { v: S('x') }, SYNTAX],
  ['(word = :v', { v: S('x') }, SYNTAX],
  ['word = :v)', { v: S('x') }, SYNTAX],
  ['te-xt = :v', { v: S('x') }, SYNTAX],
  ['2text = :v', { v: S('x') }, SYNTAX],
  ['word[a] = :v', { v: S('x') }, SYNTAX],
  ['word[-1] = :v', { v: S('x') }, SYNTAX],
  ['word. = :v', { v: S('x') }, SYNTAX],
  ["word = 'x'", {}, SYNTAX],
  ['n = 5', {}, SYNTAX],
  ['n BETWEEN :v', { v: N(1) }, SYNTAX],
  ['n IN ()', {}, SYNTAX],
  ['n IN :v', { v: N(1) }, SYNTAX],
  ['NOT word', {}, SYNTAX],
  ['word AND n = :v', { v: N(1) }, SYNTAX],
  ['contains()', {}, SYNTAX],
  ['((word = :v))', { v: S('x') }, says('The expression has redundant parentheses;')],
  ['word = ((:v))', { v: S('x') }, says('The expression has redundant parentheses;')],
  ['((word = :v)) AND n = :v', { v: S('x') }, says('The expression has redundant parentheses;')],
  ['exists(word)', {}, says('Invalid function name; function: exists')],
  ['Attribute_Exists(word)', {}, says('Invalid function name; function: Attribute_Exists')],
  ['if_not_exists(word, :v)', { v: S('x') }, says('Invalid function name; function: if_not_exists')],
  ['size(word)', {}, says('The function is not allowed to be used this way in an expression; function: size')],
  [
    'contains(word, :v) = :w',
    { v: S('x'), w: BOOL(true) },
    says('The function is not allowed to be used this way in an expression; function: contains'),
  ],
  [
    'word = attribute_exists(n)',
    {},
    says('The function is not allowed to be used this way in an expression; function: attribute_exists'),
  ],
  ['status = :v', { v: S('x') }, says('Attribute name is a reserved keyword; reserved keyword: status')],
  ['Name = :v', { v: S('x') }, says('Attribute name is a reserved keyword; reserved keyword: Name')],
  ['doc.key = :v', { v: S('x') }, says('Attribute name is a reserved keyword; reserved keyword: key')],
  ['word = size', {}, says('Attribute name is a reserved keyword; reserved keyword: size')],
  [
    'word = :v AND n = :other',
    { v: S('x') },
    says('An expression attribute value used in expression is not defined; attribute value: :other'),
  ],
  [
    '#a = :v',
    { v: S('x') },
    says('An expression attribute name used in the document path is not defined; attribute name: #a'),
  ],
  [
    'doc.#a = :v AND word = :v',
    { v: S('x') },
    says('An expression attribute name used in the document path is not defined; attribute name: #a'),
  ],
  [
    'word = :v',
    { v: S('x'), w: S('y'), z: S('z') },
    'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w, :z}',
  ],
  [
    'word = :v',
    { v: S('x') },
    'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}',
    { placeholders: { a: 'b' } },
  ],
  [
    'attribute_exists(:v)',
    { v: S('x') },
    says('Operator or function requires a document path; operator or function: attribute_exists'),
  ],
  [
    'attribute_not_exists(size(word))',
    {},
    says('Operator or function requires a document path; operator or function: attribute_not_exists'),
  ],
  [
    'attribute_exists(word, n)',
    {},
    says(
      'Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2',
    ),
  ],
  [
    'begins_with(word)',
    {},
    says(
      'Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1',
    ),
  ],
  [
    'contains(word, :v, :v)',
    { v: S('x') },
    says(
      'Incorrect number of operands for operator or function; operator or function: contains, number of operands: 3',
    ),
  ],
  [
    'begins_with(word, :v)',
    { v: N(1) },
    says('Incorrect operand type for operator or function; operator or function: begins_with, operand type: N'),
  ],
  [
    'begins_with(word, :v)',
    { v: SS('a') },
    says('Incorrect operand type for operator or function; operator or function: begins_with, operand type: SS'),
  ],
  [
    'attribute_type(word, :v)',
    { v: N(1) },
    says('Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N'),
  ],
  [
    'attribute_type(word, :v)',
    { v: S('STRING') },
    says('Invalid attribute type name found; type: STRING, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}'),
  ],
  [
    'size(:v) = :w',
    { v: N(1), w: N(1) },
    says('Incorrect operand type for operator or function; operator or function: size, operand type: N'),
  ],
  [
    'n BETWEEN :a AND :b',
    { a: N(5), b: N(4) },
    says(
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {N:4}',
    ),
  ],
  [
    'n BETWEEN :a AND :b',
    { a: N(5), b: S('6') },
    says(
      'The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {S:6}',
    ),
  ],
  [
    'n < :v',
    { v: BOOL(true) },
    says('Incorrect operand type for operator or function; operator: <, operand type: BOOL'),
    { dynalite: 'orders any two values of one type' },
  ],
  [
    'seq >= :v',
    { v: L() },
    says('Incorrect operand type for operator or function; operator: >=, operand type: L'),
    { dynalite: 'orders any two values of one type' },
  ],
  [
    'word = word',
    {},
    says(
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [word]',
    ),
  ],
  [
    'contains(doc.seq[0], doc.seq[0])',
    {},
    says(
      'The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [doc, seq, [0]]',
    ),
  ],
  [
    `n IN (${Array.from({ length: 101 }, () => ':v').join(', ')})`,
    { v: N(1) },
    says('The IN operator is provided with too many operands; number of operands: 101'),
    { dynalite: 'knows no limit' },
  ],
  [
    Array.from({ length: 152 }, () => 'n = :v').join(' OR '),
    { v: N(1) },
    says('The expression contains too many operators; operator count: 301'),
    { dynalite: 'knows no limit' },
  ],
  [
    `word = :v${' '.repeat(4_100)}`,
    { v: S('x') },
    says('Expression size has exceeded the maximum allowed size; expression size: 4109'),
    { dynalite: 'knows no limit' },
  ],
  [
    'word = :v',
    { v: {} },
    'ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes for key :v',
  ],
  [
    'n = :v',
    { v: N('ten') },
    'ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: ten for key :v',
  ],
  [
    'tags = :v',
    { v: SS() },
    'ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: An string set  may not be empty for key :v',
  ],
  [
    'nums = :v',
    { v: NS(1, '1.0') },
    'ExpressionAttributeValues contains invalid value: Input collection contains duplicates for key :v',
  ],
  [
    'nil = :v',
    { v: { NULL: false } },
    'ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: Null attribute value types must have the value of true for key :v',
  ],
  [
    'doc = :v',
    { v: M({ a: { S: 'x', N: '1' } }) },
    'ExpressionAttributeValues contains invalid value: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes for key :v',
  ],
  ['word = :v', { 'v-1': S('x') }, 'ExpressionAttributeValues contains invalid key: Syntax error; key: ":v-1"'],
  [
    'word = :v',
    { v: NULL },
    'ExpressionAttributeNames contains invalid key: Syntax error; key: "#a.b"',
    { placeholders: { 'a.b': 'text' } },
  ],
];

const DELETE = { Key: { p: S('k') } };

export const CONDITION_ERRORS: readonly Case[] = [
  ...ROWS.map(
    ([condition, given, message, { dynalite, placeholders = {} } = {}]): Case => ({
      name: `${condition.slice(0, 60).trim()} ${JSON.stringify(given)}: ${String(message)}`,
      operation: 'DeleteItem',
      input: { ...DELETE, ConditionExpression: condition, ...values(given), ...names(placeholders) },
      expected: invalid(message),
      ...(dynalite !== undefined && { dynalite }),
    }),
  ),
  {
    name: 'names without an expression',
    operation: 'DeleteItem',
    input: { ...DELETE, ...names({ a: 'b' }) },
    expected: invalid('ExpressionAttributeNames can only be specified when using expressions'),
  },
  {
    name: 'values without an expression',
    operation: 'DeleteItem',
    input: { ...DELETE, ...values({ a: S('b') }) },
    expected: invalid(
      'ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null',
    ),
  },
  {
    name: 'an empty map of names',
    operation: 'DeleteItem',
    input: { ...DELETE, ConditionExpression: 'attribute_exists(p)', ExpressionAttributeNames: {} },
    expected: invalid('ExpressionAttributeNames must not be empty'),
  },
  {
    name: 'an empty map of values',
    operation: 'DeleteItem',
    input: { ...DELETE, ConditionExpression: 'attribute_exists(p)', ExpressionAttributeValues: {} },
    expected: invalid('ExpressionAttributeValues must not be empty'),
  },
  {
    name: 'a legacy parameter',
    operation: 'DeleteItem',
    input: { ...DELETE, Expected: { p: { Exists: false } } },
    expected: invalid('Expected is a legacy parameter that this endpoint does not have: use ConditionExpression'),
    dynalite: 'still has the parameters of 2012',
  },
  {
    name: 'a syntax error names its token and what stands near it',
    operation: 'DeleteItem',
    input: { ...DELETE, ConditionExpression: 'word = :v :w', ...values({ v: S('x'), w: S('y') }) },
    expected: invalid(says('Syntax error; token: ":w", near: ":v :w"')),
    dynalite: 'tells what its parser expected instead',
  },
  {
    name: 'a syntax error at the end',
    operation: 'DeleteItem',
    input: { ...DELETE, ConditionExpression: 'word =' },
    expected: invalid(says('Syntax error; token: "<EOF>", near: "="')),
    dynalite: 'tells what its parser expected instead',
  },
];

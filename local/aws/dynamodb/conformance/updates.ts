/** SET, REMOVE, ADD and DELETE ("Update expressions" of the developer guide). */
import type { Item } from '../values/attribute-value.ts';
import { B, BOOL, BS, type Case, L, M, N, NS, NULL, names, S, SS, values } from './case.ts';

const KEY: Item = { p: S('k') };

type Row = {
  readonly from: Item;
  readonly update: string;
  readonly given?: Item;
  readonly placeholders?: Readonly<Record<string, string>>;
  readonly to: Item;
  readonly dynalite?: string;
};

const REMOVES_IN_TURN = 'removes list elements one after the other, so that later numbers mean others';

const ROWS: readonly Row[] = [
  { from: {}, update: 'SET a = :v', given: { v: S('x') }, to: { a: S('x') } },
  { from: { a: N(1) }, update: 'SET a = :v', given: { v: S('x') }, to: { a: S('x') } },
  { from: {}, update: 'set a = :v', given: { v: S('x') }, to: { a: S('x') } },
  { from: {}, update: 'SET a = :v, b = :w', given: { v: S('x'), w: NULL }, to: { a: S('x'), b: NULL } },
  {
    from: {},
    update: 'SET #a = :v',
    given: { v: BOOL(true) },
    placeholders: { a: 'status' },
    to: { status: BOOL(true) },
  },
  { from: {}, update: 'SET #a = :v', given: { v: S('x') }, placeholders: { a: 'a.b-c' }, to: { 'a.b-c': S('x') } },
  { from: { a: S('x') }, update: 'SET b = a', to: { a: S('x'), b: S('x') } },
  { from: { a: S('x'), b: S('y') }, update: 'SET a = b, b = a', to: { a: S('y'), b: S('x') } },
  { from: { a: N(1) }, update: 'SET a = a + :v', given: { v: N(2) }, to: { a: N(3) } },
  { from: { a: N(1) }, update: 'SET a = a - :v', given: { v: N(2) }, to: { a: N(-1) } },
  { from: { a: N(1) }, update: 'SET a = :v - a', given: { v: N('0.5') }, to: { a: N('-0.5') } },
  { from: { a: N(1), b: N(5) }, update: 'SET c = a + b', to: { a: N(1), b: N(5), c: N(6) } },
  { from: { a: N('0.1') }, update: 'SET a = a + :v', given: { v: N('0.2') }, to: { a: N('0.3') } },
  {
    from: { a: N('12345678901234567890123456789012345677') },
    update: 'SET a = a + :v',
    given: { v: N(1) },
    to: { a: N('12345678901234567890123456789012345678') },
  },
  { from: { a: N('1e100') }, update: 'SET a = a - :v', given: { v: N('1e100') }, to: { a: N(0) } },
  { from: { a: N(1) }, update: 'SET a = (a + :v)', given: { v: N(2) }, to: { a: N(3) } },
  { from: {}, update: 'SET a = if_not_exists(a, :v)', given: { v: N(1) }, to: { a: N(1) } },
  { from: { a: N(7) }, update: 'SET a = if_not_exists(a, :v)', given: { v: N(1) }, to: { a: N(7) } },
  { from: { a: NULL }, update: 'SET a = if_not_exists(a, :v)', given: { v: N(1) }, to: { a: NULL } },
  { from: { b: S('b') }, update: 'SET a = if_not_exists(a, b)', to: { a: S('b'), b: S('b') } },
  { from: {}, update: 'SET a = if_not_exists(a, :z) + :v', given: { z: N(0), v: N(5) }, to: { a: N(5) } },
  { from: { a: N(5) }, update: 'SET a = if_not_exists(a, :z) - :v', given: { z: N(0), v: N(5) }, to: { a: N(0) } },
  {
    from: { b: N(2) },
    update: 'SET a = if_not_exists(a, if_not_exists(b, :v))',
    given: { v: N(1) },
    to: { a: N(2), b: N(2) },
  },
  { from: { a: L(N(1)) }, update: 'SET a = list_append(a, :v)', given: { v: L(N(2)) }, to: { a: L(N(1), N(2)) } },
  { from: { a: L(N(1)) }, update: 'SET a = list_append(:v, a)', given: { v: L(N(2)) }, to: { a: L(N(2), N(1)) } },
  {
    from: {},
    update: 'SET a = list_append(if_not_exists(a, :none), :v)',
    given: { none: L(), v: L(S('x')) },
    to: { a: L(S('x')) },
  },
  { from: { a: L(N(1), N(2)) }, update: 'SET a[1] = :v', given: { v: S('x') }, to: { a: L(N(1), S('x')) } },
  { from: { a: L(N(1)) }, update: 'SET a[5] = :v', given: { v: S('x') }, to: { a: L(N(1), S('x')) } },
  {
    from: { a: L() },
    update: 'SET a[9] = :nine, a[2] = :two',
    given: { nine: N(9), two: N(2) },
    to: { a: L(N(2), N(9)) },
  },
  { from: { a: M({ b: N(1) }) }, update: 'SET a.b = :v', given: { v: N(2) }, to: { a: M({ b: N(2) }) } },
  {
    from: { a: M({ b: N(1) }) },
    update: 'SET a.c = :v',
    given: { v: N(2) },
    to: { a: M({ b: N(1), c: N(2) }) },
  },
  {
    from: { a: M({ b: L(M({ c: N(1) })) }) },
    update: 'SET a.b[0].c = a.b[0].c + :v',
    given: { v: N(1) },
    to: { a: M({ b: L(M({ c: N(2) })) }) },
  },
  {
    from: { a: M({ b: N(1) }) },
    update: 'SET a.b = :v, a.c = :w',
    given: { v: N(2), w: N(3) },
    to: { a: M({ b: N(2), c: N(3) }) },
  },
  { from: { a: L(L(N(1))) }, update: 'SET a[0][1] = :v', given: { v: N(2) }, to: { a: L(L(N(1), N(2))) } },
  { from: { a: N(1), b: N(2) }, update: 'REMOVE a', to: { b: N(2) } },
  { from: { a: N(1), b: N(2) }, update: 'REMOVE a, b', to: {} },
  { from: { b: N(2) }, update: 'REMOVE a', to: { b: N(2) } },
  { from: { a: M({ b: N(1), c: N(2) }) }, update: 'REMOVE a.b', to: { a: M({ c: N(2) }) } },
  { from: { a: L(N(0), N(1), N(2)) }, update: 'REMOVE a[1]', to: { a: L(N(0), N(2)) } },
  { from: { a: L(N(0)) }, update: 'REMOVE a[7]', to: { a: L(N(0)) } },
  {
    from: { a: L(N(0), N(1), N(2), N(3)) },
    update: 'REMOVE a[1], a[2]',
    to: { a: L(N(0), N(3)) },
    dynalite: REMOVES_IN_TURN,
  },
  { from: { a: L(N(0), N(1), N(2), N(3)) }, update: 'REMOVE a[2], a[1]', to: { a: L(N(0), N(3)) } },
  {
    from: { a: L(N(0), N(1), N(2)) },
    update: 'SET a[2] = :v REMOVE a[0]',
    given: { v: S('x') },
    to: { a: L(N(1), S('x')) },
  },
  {
    from: { a: L(N(0), N(1)) },
    update: 'REMOVE a[0] SET b = a[0]',
    to: { a: L(N(1)), b: N(0) },
  },
  { from: {}, update: 'ADD a :v', given: { v: N(5) }, to: { a: N(5) } },
  { from: { a: N(5) }, update: 'ADD a :v', given: { v: N('-7.5') }, to: { a: N('-2.5') } },
  { from: { a: N('0.10') }, update: 'ADD a :v', given: { v: N('0.20') }, to: { a: N('0.3') } },
  { from: {}, update: 'ADD a :v', given: { v: SS('x') }, to: { a: SS('x') } },
  { from: { a: SS('x') }, update: 'ADD a :v', given: { v: SS('x', 'y') }, to: { a: SS('x', 'y') } },
  { from: { a: NS(1) }, update: 'ADD a :v', given: { v: NS('1.0', 2) }, to: { a: NS(1, 2) } },
  { from: { a: BS('x') }, update: 'ADD a :v', given: { v: BS('y') }, to: { a: BS('x', 'y') } },
  { from: { a: M({ n: N(1) }) }, update: 'ADD a.n :v', given: { v: N(1) }, to: { a: M({ n: N(2) }) } },
  { from: { a: M({}) }, update: 'ADD a.n :v', given: { v: N(1) }, to: { a: M({ n: N(1) }) } },
  { from: { a: L(N(1)) }, update: 'ADD a[0] :v', given: { v: N(1) }, to: { a: L(N(2)) } },
  { from: { a: SS('x', 'y') }, update: 'DELETE a :v', given: { v: SS('x') }, to: { a: SS('y') } },
  { from: { a: SS('x', 'y') }, update: 'DELETE a :v', given: { v: SS('z') }, to: { a: SS('x', 'y') } },
  { from: { a: SS('x', 'y') }, update: 'DELETE a :v', given: { v: SS('y', 'x') }, to: {} },
  { from: { a: NS(1, 2) }, update: 'DELETE a :v', given: { v: NS('2.0') }, to: { a: NS(1) } },
  { from: {}, update: 'DELETE a :v', given: { v: SS('x') }, to: {} },
  {
    from: { a: N(1), b: SS('x', 'y'), c: SS('z') },
    update: 'DELETE b :x ADD c :y SET d = a REMOVE a',
    given: { x: SS('x'), y: SS('y') },
    to: { b: SS('y'), c: SS('z', 'y'), d: N(1) },
  },
  { from: {}, update: 'SET a = :v', given: { v: S('') }, to: { a: S('') } },
  { from: {}, update: 'SET a = :v', given: { v: B('') }, to: { a: B('') } },
  { from: {}, update: 'SET a = :v', given: { v: M({}) }, to: { a: M({}) } },
  { from: {}, update: 'SET a = :v', given: { v: L() }, to: { a: L() } },
  { from: {}, update: 'SET a = :v', given: { v: N('1.500') }, to: { a: N('1.5') } },
  { from: {}, update: 'SET a = :v', given: { v: M({ n: N('1e2') }) }, to: { a: M({ n: N(100) }) } },
  {
    from: {},
    update: 'SET #a = :v',
    given: { v: N(1) },
    placeholders: { a: 'constructor' },
    to: { constructor: N(1) } as Item,
  },
];

const FULL: Item = { ...KEY, a: N(1), b: M({ c: N(1), d: N(2) }), e: L(N(0), N(1), N(2)) };
const CHANGE = {
  Key: KEY,
  UpdateExpression: 'SET a = :v, b.c = :v, e[1] = :v',
  ...values({ v: N(9) }),
};
const NEW: Item = { ...KEY, a: N(9), b: M({ c: N(9), d: N(2) }), e: L(N(0), N(9), N(2)) };

function returning(ReturnValues: string, output: object, more: Partial<Case> = {}): Case {
  return {
    name: `returns ${ReturnValues} ${more.name ?? ''}`,
    given: [FULL],
    operation: 'UpdateItem',
    expected: { output },
    left: [NEW],
    ...more,
    input: { ...CHANGE, ...more.input, ReturnValues },
  };
}

const NOTHING_BEFORE = { given: [], left: [{ ...KEY, a: N(9) }] };
const SET_A = { UpdateExpression: 'SET a = :v' };

export const UPDATES: readonly Case[] = [
  ...ROWS.map(
    ({ from, update, given = {}, placeholders = {}, to, dynalite }): Case => ({
      name: `${update} on ${JSON.stringify(from)}`,
      given: [{ ...KEY, ...from }],
      operation: 'UpdateItem',
      input: {
        Key: KEY,
        UpdateExpression: update,
        ReturnValues: 'ALL_NEW',
        ...values(given),
        ...names(placeholders),
      },
      expected: { output: { Attributes: { ...KEY, ...to } } },
      left: [{ ...KEY, ...to }],
      ...(dynalite !== undefined && { dynalite }),
    }),
  ),
  returning('NONE', {}),
  returning('ALL_OLD', { Attributes: FULL }),
  returning('ALL_NEW', { Attributes: NEW }),
  returning('UPDATED_OLD', { Attributes: { a: N(1), b: M({ c: N(1) }), e: L(N(1)) } }),
  returning('UPDATED_NEW', { Attributes: { a: N(9), b: M({ c: N(9) }), e: L(N(9)) } }),
  returning('ALL_OLD', {}, { ...NOTHING_BEFORE, name: 'where nothing was', input: SET_A }),
  returning('UPDATED_OLD', {}, { ...NOTHING_BEFORE, name: 'where nothing was', input: SET_A }),
  returning('UPDATED_NEW', { Attributes: { a: N(9) } }, { ...NOTHING_BEFORE, name: 'where nothing was', input: SET_A }),
  {
    name: 'an update without an expression makes the item',
    operation: 'UpdateItem',
    input: { Key: KEY, ReturnValues: 'ALL_NEW' },
    expected: { output: { Attributes: KEY } },
    left: [KEY],
  },
  {
    name: 'an update without an expression leaves what is there',
    given: [FULL],
    operation: 'UpdateItem',
    input: { Key: KEY },
    expected: { output: {} },
    left: [FULL],
  },
  {
    name: 'a failed condition changes nothing',
    given: [FULL],
    operation: 'UpdateItem',
    input: { ...CHANGE, ConditionExpression: 'attribute_not_exists(a)' },
    expected: { error: 'ConditionalCheckFailedException', message: 'The conditional request failed' },
    left: [FULL],
  },
  {
    name: 'a condition looks at the item as it was',
    given: [FULL],
    operation: 'UpdateItem',
    input: { ...CHANGE, ConditionExpression: 'a <> :v' },
    expected: { output: {} },
    left: [NEW],
  },
];

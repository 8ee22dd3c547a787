/** How a role is held against platform §4.5: too little, too much, what is explicitly absent. */
import { describe, expect, it } from 'vitest';
import { arnOf, functionWith, graphOf } from '../testing.ts';
import { judgeAccess } from './access.ts';
import type { Expected } from './types.ts';

const VAULT = arnOf('dynamodb', 'table/frontdesk_dev_vault');
const expected: Expected = {
  resources: [],
  alarms: [],
  outside: [],
  everyone: [],
  parking: [],
  access: [
    {
      id: 'verify',
      spec: 'platform §4.5',
      what: 'Reads the text',
      function: 'verify',
      may: [{ do: ['dynamodb:GetItem'], on: ['table:vault@txt:'] }],
      never: [{ do: ['dynamodb:*'], on: ['table:vault@ord:'] }],
    },
  ],
};
const reading = (keys: string[] | null, action = 'dynamodb:GetItem') => ({
  Effect: 'Allow',
  Action: [action],
  Resource: [VAULT],
  ...(keys && {
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
      Null: { 'dynamodb:LeadingKeys': ['false'] },
    },
  }),
});
const judged = (...statements: object[]) => judgeAccess(graphOf(functionWith('verify', statements)), expected);

describe('what a role may do', () => {
  it('is what it is given', () => {
    expect(judged(reading(['txt:*']))).toEqual([]);
  });

  it('is not less', () => {
    expect(judged()).toEqual(['verify (platform §4.5): may not dynamodb:GetItem on table:vault@txt:']);
  });

  it('is not more: another action, or another table', () => {
    expect(judged(reading(['txt:*']), reading(['txt:*'], 'dynamodb:PutItem'))).toEqual([
      `verify (platform §4.5): may dynamodb:PutItem on ${VAULT}, which is not given`,
    ]);
    const other = { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: ['*'] };
    expect(judged(reading(['txt:*']), other)).toContain(
      'verify (platform §4.5): may dynamodb:GetItem on *, which is not given',
    );
  });

  it.each([{ keys: ['ord:*'] }, { keys: ['*'] }, { keys: null }])('is never what is absent: keys $keys', ({ keys }) => {
    expect(judged(reading(['txt:*']), reading(keys))).toContain(
      'verify (platform §4.5): may dynamodb:GetItem on table:vault@ord:, which is explicitly absent',
    );
  });

  it('counts keys that are only bounded when there are some as any', () => {
    const { Null: _, ...loose } = { ...reading(['txt:*']).Condition };
    expect(judged({ ...reading(['txt:*']), Condition: loose })).not.toEqual([]);
  });
});

/** Expectations: reference/sst-offline ("fail on any other") and the shape of an IAM policy document. */
import { describe, expect, it } from 'vitest';
import { answerCall } from './calls.ts';

const WHERE = { region: 'us-east-2', accountId: '123456789012' };

describe('a look-up at AWS, answered offline', () => {
  it('tells the region, the account and the partition', () => {
    expect(answerCall('aws:index/getRegion:getRegion', {}, WHERE)).toMatchObject({ region: 'us-east-2' });
    expect(answerCall('aws:index/getRegion:getRegion', { region: 'us-east-1' }, WHERE)).toMatchObject({
      region: 'us-east-1',
    });
    expect(answerCall('aws:index/getCallerIdentity:getCallerIdentity', {}, WHERE)).toMatchObject({
      accountId: '123456789012',
    });
    expect(answerCall('aws:index/getPartition:getPartition', {}, WHERE)).toMatchObject({ partition: 'aws' });
  });

  it('writes a policy with every part that was given, and conditions of one test together', () => {
    const { json } = answerCall(
      'aws:iam/getPolicyDocument:getPolicyDocument',
      {
        statements: [
          {
            sid: 'Only',
            effect: 'Deny',
            notActions: ['s3:GetObject'],
            resources: ['*'],
            principals: [{ type: '*', identifiers: ['*'] }],
            conditions: [
              { test: 'StringEquals', variable: 'a', values: ['1'] },
              { test: 'StringEquals', variable: 'b', values: ['2'] },
            ],
          },
          { actions: ['s3:PutObject'], resources: ['x'], principals: [{ type: 'Service', identifiers: ['s'] }] },
        ],
      },
      WHERE,
    );
    expect(JSON.parse(String(json))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Only',
          Effect: 'Deny',
          Principal: '*',
          NotAction: ['s3:GetObject'],
          Resource: ['*'],
          Condition: { StringEquals: { a: ['1'], b: ['2'] } },
        },
        { Effect: 'Allow', Principal: { Service: ['s'] }, Action: ['s3:PutObject'], Resource: ['x'] },
      ],
    });
  });

  it('answers no other: the answer would be invented', () => {
    expect(() => answerCall('aws:ec2/getAmi:getAmi', {}, WHERE)).toThrow('getAmi');
  });
});

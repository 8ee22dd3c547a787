/** A table that is deleted under a running instance, by the real command line: whoever meets it names it and the way back. */
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableName } from '../../functions/shared/store/language.ts';
import { fullTableName } from '../../local/aws/dynamodb/tables.ts';
import { STAGE } from '../../local/platform/stage.ts';
import { tableClient } from '../instance/clients.ts';
import { sharedInstance } from '../instance/shared-instance.testing.ts';
import { standForAws } from '../instance/testing.ts';
import type { Check } from './check.ts';

const { running, json, instance } = sharedInstance();
const LEDGER = fullTableName(STAGE.env, 'idempotency');
const RESTART = /stop the instance and run `npm start` again.*docs\/recovery\.md/;

async function drop(table: TableName): Promise<void> {
  const client = tableClient(instance());
  await client.send(new DeleteTableCommand({ TableName: fullTableName(STAGE.env, table) }));
  client.destroy();
}
const flag = async (name: string) => (await json('flags', 'get', name)).value.value;

describe('while every table is there', () => {
  it('doctor says so', async () => {
    const { code, value } = await json('doctor');
    expect(code).toBe(0);
    expect(value.checks.at(-1)).toEqual({ name: 'tables', result: 'ok', finding: 'all 6 are there', cure: null });
  });
});

describe('while the table of the ledger is missing', () => {
  beforeAll(() => drop('idempotency'));

  it('doctor fails with its name and the way back', async () => {
    const { code, value } = await json('doctor');
    expect([code, value.ok]).toEqual([1, false]);
    expect(value.checks.filter(({ result }: Check) => result === 'fail')).toEqual([
      { name: 'tables', result: 'fail', finding: `missing: ${LEDGER}`, cure: expect.stringMatching(RESTART) },
    ]);
  });

  it('status names it', async () => {
    expect(await json('status')).toMatchObject({
      code: 1,
      value: {
        error: {
          code: 'table_missing',
          message: `missing in DynamoDB: ${LEDGER}`,
          cure: expect.stringMatching(RESTART),
        },
      },
    });
  });

  it('stop names it, and says that it is set all the same', async () => {
    const { code, value } = await json('stop', '--level', 'automation', '--reason', 'a table is lost');
    expect([code, value.error.code]).toEqual([1, 'table_missing']);
    expect(value.error.message).toMatch(new RegExp(`^automation is set, .*missing in DynamoDB: ${LEDGER}$`));
    expect(value.error.cure).toMatch(RESTART);
    expect(await flag('automation_enabled')).toBe(false);
  });

  it('recover names it, and raises nothing', async () => {
    const before = [await flag('ledger_generation'), await flag('reply_epoch')];
    for (const words of [['recover'], ['recover', '--yes']]) {
      const { code, value } = await json(...words);
      expect([code, value.error.code]).toEqual([1, 'table_missing']);
      expect(value.error.message).toContain(LEDGER);
      expect(value.error.cure).toMatch(RESTART);
    }
    expect([await flag('ledger_generation'), await flag('reply_epoch')]).toEqual(before);
  });

  describe('of a deployed stage', () => {
    let putBack = (): void => {};
    beforeAll(() => {
      putBack = standForAws(running().data);
    });
    afterAll(() => putBack());

    it('no start makes it anew', async () => {
      const { code, value } = await json('--target', 'aws', '--stage', 'local', 'recover', '--yes');
      expect([code, value.error.code]).toEqual([1, 'table_missing']);
      expect(value.error.cure).toBe('bring it back as docs/recovery.md says under "On AWS"');
    });
  });
});

describe('any other table that is missing', () => {
  it('is named by whoever reads it through the store of the functions', async () => {
    await drop('read_models');
    const { code, value } = await json('replay', 'list');
    expect([code, value.error.code]).toEqual([1, 'table_missing']);
    expect(value.error.message).toContain(fullTableName(STAGE.env, 'read_models'));
  });

  it('is named by whoever reads the folder while nothing runs', async () => {
    await drop('audit_trail');
    await running().stop();
    const { code, value } = await json('ticket', 't-1');
    expect([code, value.error.code]).toEqual([1, 'table_missing']);
    expect(value.error.message).toContain(fullTableName(STAGE.env, 'audit_trail'));
  });
});

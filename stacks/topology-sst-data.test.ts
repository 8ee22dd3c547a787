/** Where data are kept, as components: archives, tables, parameters, secrets and rows of facts (platform §2.6, §5.3). */
import { beforeAll, describe, expect, it } from 'vitest';
import type { StageName } from './stages.ts';
import { topology } from './topology.ts';
import { FIRST_PARAMETERS } from './topology-flags.ts';
import { at, type Made, of, recordStages } from './topology-sst.testing.ts';

beforeAll(recordStages);

describe('sst.config.ts', () => {
  it('makes archives, tables and the sweep’s schedule', () => {
    expect(
      of('aws.cloudwatch.EventArchive').map(({ args }) => [args.name, args.retentionDays, args.kmsKeyIdentifier]),
    ).toEqual([
      ['frontdesk-dev-recovery', 14, 'arn-of:Key'],
      ['frontdesk-dev-facts', 180, 'arn-of:Key'],
    ]);
    const [ledger] = of('sst.aws.Dynamo');
    expect(ledger?.args).toMatchObject({
      fields: { key: 'string', open: 'string', next_sweep_at: 'number', received_at: 'number' },
      primaryIndex: { hashKey: 'key' },
      globalIndexes: { 'open-next_sweep_at': { hashKey: 'open', rangeKey: 'next_sweep_at' } },
      ttl: 'expires_at',
    });
    expect(of('sst.aws.CronV2').map(({ id, args }) => [id, args.function, args.schedule])).toEqual([
      ['Schedule-sweeper', 'arn-of:Function-sweeper', 'rate(1 minute)'],
      ['Schedule-reconciler', 'arn-of:Function-reconciler', 'rate(15 minutes)'],
      ['Schedule-sealer', 'arn-of:Function-sealer', 'rate(60 minutes)'],
    ]);
  });

  it('protects tables where the stage holds what cannot be had again', () => {
    const tables = (stage: StageName) =>
      of('sst.aws.Dynamo', stage).map(({ args }) => {
        const { pointInTimeRecovery, serverSideEncryption, options } = at(args, 'transform', 'table') as Made['args'];
        return [args.deletionProtection, pointInTimeRecovery, serverSideEncryption, options];
      });
    const encrypted = { enabled: true, kmsKeyArn: 'arn-of:Key' };
    for (const table of tables('prod'))
      expect(table).toEqual([true, { enabled: true }, encrypted, { retainOnDelete: true }]);
    for (const table of tables('dev'))
      expect(table).toEqual([false, { enabled: false }, encrypted, { retainOnDelete: false }]);
    expect(tables('prod')).toHaveLength(6);
  });

  it('writes the safe values once and no value of a secret ever', () => {
    const parameters = of('aws.ssm.Parameter', 'prod');
    expect(parameters.map(({ args }) => [args.name, args.value])).toEqual(
      FIRST_PARAMETERS.map(({ name, value }) => [`/frontdesk/prod/${name}`, value]),
    );
    for (const { options, id } of parameters) expect(options.ignoreChanges, id).toContain('value');
    const secrets = of('aws.secretsmanager.Secret', 'prod');
    expect(secrets.map(({ args }) => args.name)).toEqual(topology.secrets.map(({ name }) => `frontdesk/prod/${name}`));
    expect(of('aws.secretsmanager.SecretVersion', 'prod')).toEqual([]);
    for (const { args, id } of secrets) expect(Object.keys(args), id).not.toContain('secretString');
  });

  it('keeps rows of facts in a bucket that is private, versioned, encrypted and ends, and asks to be switched on but in staging', () => {
    const states = (stage: StageName) =>
      of('subscription', stage)
        .filter(({ id }) => id.startsWith('Rule-analytics-'))
        .map(({ args: { transform } }) => at(transform, 'rule', 'state'));
    expect([states('dev'), states('staging'), states('prod')]).toEqual([
      ['DISABLED', undefined],
      [undefined, undefined],
      ['DISABLED', undefined],
    ]);
    expect(of('aws.kinesis.FirehoseDeliveryStream')).toHaveLength(1);
    expect(of('aws.kinesis.FirehoseDeliveryStream', 'staging')[0]?.args).toMatchObject({
      extendedS3Configuration: { compressionFormat: 'GZIP', kmsKeyArn: 'arn-of:Key' },
    });
    expect(of('aws.s3.BucketLifecycleConfiguration', 'staging')[0]?.args).toMatchObject({
      rules: [{ status: 'Enabled', expiration: { days: 180 } }],
    });
    expect(of('aws.glue.CatalogTable', 'staging')[0]?.args.name).toBe('frontdesk_events_v1');
  });
});

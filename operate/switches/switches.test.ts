/** Flags, `stop` and `resume` on the command line, against a real instance. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { queueClient, tableClient } from '../instance/clients.ts';
import { readOutbox } from '../instance/sandbox.ts';
import { QUESTION, sharedInstance } from '../instance/shared-instance.testing.ts';

const { run, json, instance } = sharedInstance();

describe('flags', () => {
  it('keeps who, when and why beside every value', async () => {
    const set = await json('flags', 'set', 'blocked_intents', 'refund_request', '--reason', 'refunds by hand today');
    expect(set).toMatchObject({
      code: 0,
      value: { name: 'blocked_intents', value: ['refund_request'], before: [], version: 1 },
    });
    const refused = await json('flags', 'set', 'blocked_intents', 'none', '--reason', 'over', '--based-on', '0');
    expect(refused).toMatchObject({ code: 1, value: { error: { code: 'version_conflict' } } });
    const back = await json('flags', 'set', 'blocked_intents', 'none', '--reason', 'over', '--based-on', '1');
    expect(back).toMatchObject({ code: 0, value: { value: [], version: 2 } });
    const { value } = await json('flags', 'get', 'blocked_intents');
    expect(value.history).toMatchObject([
      { version: 2, value: 'none', reason: 'over', by: expect.any(String), at: expect.stringMatching(/Z$/) },
      { version: 1, value: 'refund_request', reason: 'refunds by hand today' },
    ]);
  });

  it('lets reply_epoch go back only when that is confirmed', async () => {
    const { value: flag } = await json('flags', 'get', 'reply_epoch');
    const back = ['flags', 'set', 'reply_epoch', '2020-01-01T00:00:00Z', '--reason', 'no reply was lost'] as const;
    const refused = await json(...back);
    expect(refused).toMatchObject({ code: 1, value: { error: { code: 'confirmation_needed' } } });
    expect(refused.value.error.message).toContain(flag.value);
    expect((await json('flags', 'get', 'reply_epoch')).value).toMatchObject({
      value: flag.value,
      version: flag.version,
    });
    expect(await json(...back, '--yes')).toMatchObject({ code: 0, value: { value: '2020-01-01T00:00:00.000Z' } });
    // Forward again: fewer messages can be answered, and nobody has to confirm that.
    expect(await json('flags', 'set', 'reply_epoch', flag.value, '--reason', 'as it was')).toMatchObject({
      code: 0,
      value: { value: flag.value },
    });
  });

  it('withdraws an acknowledgement, and keeps that it was given', async () => {
    await json('flags', 'set', 'prod_writes_ack', 'we both agree', '--reason', 'rollout');
    expect(await json('flags', 'unset', 'prod_writes_ack', '--reason', 'the rollout is over')).toMatchObject({
      code: 0,
      value: { name: 'prod_writes_ack', value: null, before: 'we both agree', version: 2 },
    });
    const { value } = await json('flags', 'get', 'prod_writes_ack');
    expect(value).toMatchObject({
      value: null,
      history: [
        { version: 2, reason: 'the rollout is over' },
        { version: 1, value: 'we both agree', reason: 'rollout' },
      ],
    });
  });

  it('shows no reason for a change that was made without one', async () => {
    const { value } = await json('flags', 'get', 'safe_mode');
    expect(value).toMatchObject({
      value: false,
      safe: true,
      history: [{ version: 1, value: 'false', by: null, reason: null }],
    });
  });

  it('lists them all', async () => {
    const { value } = await json('flags');
    expect(value).toContainEqual(
      expect.objectContaining({ name: 'template_enabled/t_fraud_ack', value: false, isSet: false, version: 0 }),
    );
  });
});

describe('stop and resume (platform §4.10)', () => {
  const claim = { key: { S: 'act:rp_reply:conv-claim:cmt-1' } };
  const LEDGER = 'frontdesk_local_idempotency';

  it('waits for a reply that is being sent, and returns in force', async () => {
    const client = tableClient(instance());
    // A claim as the door makes it (protocols §6), of a sender that takes its time.
    const open = {
      status: { S: 'CLAIMED' },
      owner: { S: 'another' },
      open: { S: 'act' },
      received_at: { N: String(Date.now()) },
      next_sweep_at: { N: String(Date.now() + 600_000) },
    };
    await client.send(new PutItemCommand({ TableName: LEDGER, Item: { ...claim, ...open } }));
    const stopping = json('stop', '--level', 'automation', '--reason', 'drill');
    expect(await Promise.race([stopping, sleep(4_500, 'waiting')])).toBe('waiting');
    await client.send(new DeleteItemCommand({ TableName: LEDGER, Key: claim }));
    client.destroy();
    const { code, value, err } = await stopping;
    expect(code).toBe(0);
    expect(err).toContain('1 reply on the way');
    expect(value).toMatchObject({ level: 'automation', value: false, ms: expect.any(Number) });
    expect(Date.parse(value.verifiedAt)).toBeGreaterThanOrEqual(Date.parse(value.setAt));
  });

  it('lets nothing reach a customer after it has returned', async () => {
    const before = (await readOutbox(instance())).length;
    const { value } = await json('say', QUESTION);
    expect(value.events).not.toContain('ReplySent');
    expect(value).toMatchObject({ templateId: null, replyText: null });
    expect((await readOutbox(instance())).length).toBe(before);
  });

  it('is not opened by its flag, which looks at nothing, unless that is confirmed', async () => {
    const opening = ['flags', 'set', 'automation_enabled', 'true', '--reason', 'by hand'] as const;
    expect(await json(...opening)).toMatchObject({
      code: 1,
      value: { error: { code: 'stopped_level', cure: expect.stringContaining('resume --level automation') } },
    });
    expect((await json('status')).value.flags.automation_enabled).toBe(false);
    expect(await json(...opening, '--yes')).toMatchObject({ code: 0, value: { value: true } });
    await json('stop', '--level', 'automation', '--reason', 'drill');
  });

  it('takes the levels back one at a time, the strongest first', async () => {
    const stopped = await json('stop', '--level', 'safe', '--reason', 'drill');
    expect(stopped).toMatchObject({ code: 0, value: { level: 'safe', value: true } });
    expect((await json('status')).value).toMatchObject({
      mode: 'safe',
      flags: { safe_mode: true, automation_enabled: false },
    });
    const early = await json('resume', '--level', 'automation');
    expect(early).toMatchObject({
      code: 1,
      value: { error: { code: 'stronger_level_in_force', cure: expect.stringContaining('--level safe') } },
    });
    const safe = await json('resume', '--level', 'safe', '--reason', 'drill over');
    expect(safe).toMatchObject({ code: 0, value: { level: 'safe', value: false, overridden: [] } });
    expect((await json('status')).value.mode).toBe('route-only');
  });

  it('refuses while a dead letter waits, unless it is overridden with a reason', async () => {
    const client = queueClient(instance());
    const { awsEndpoint, accountId } = { accountId: '000000000000', ...instance() };
    const QueueUrl = `${awsEndpoint}/${accountId}/frontdesk-local-classify-failures`;
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    expect((await json('status')).value).toMatchObject({ healthy: false, deadLetters: 1, alarms: [{ id: 'Q3' }] });
    const refused = await json('resume', '--level', 'automation', '--reason', 'drill over');
    expect(refused).toMatchObject({
      code: 1,
      value: { error: { code: 'exit_criteria_unmet', message: expect.stringContaining('1 dead letter') } },
    });
    const forced = await json('resume', '--level', 'automation', '--override', '--reason', 'known and harmless');
    expect(forced).toMatchObject({
      code: 0,
      value: { value: true, overridden: [expect.stringContaining('dead letter')] },
    });
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    client.destroy();
    const { value } = await json('flags', 'get', 'automation_enabled');
    expect(value.history[0]).toMatchObject({ value: 'true', reason: 'known and harmless' });
    expect((await json('status')).value).toMatchObject({ healthy: true, mode: 'auto' });
  });
});

describe('the other levels', () => {
  const LEVELS = [
    ['processing', null, false],
    ['read-only', null, true],
    ['sever', null, false],
    ['intent', 'refund_request', ['refund_request']],
    ['channel', 'email', ['livechat']],
    ['template', 't_damaged_item_intake', false],
  ] as const;
  const words = (level: string, only: string | null) => ['--level', level, ...(only === null ? [] : ['--only', only])];

  it('are in force when they return, stand in the status with who and why, and go back one at a time', async () => {
    const stopped = await Promise.all(
      LEVELS.map(([level, only]) => json('stop', ...words(level, only), '--reason', `drill of ${level}`)),
    );
    expect(stopped.map(({ code, value }) => [code, Object.keys(value), value.level, value.value])).toEqual(
      LEVELS.map(([level, , value]) => [0, ['level', 'value', 'setAt', 'verifiedAt', 'ms'], level, value]),
    );
    const { value } = await json('status');
    expect(value.stops).toMatchObject(
      LEVELS.map(([level, only]) => ({ level, only, by: expect.any(String), reason: `drill of ${level}` })),
    );
    const before = (await readOutbox(instance())).length;
    await json('say', QUESTION, '--wait', '0');
    expect((await readOutbox(instance())).length).toBe(before);
    expect(await json('resume', '--level', 'sever')).toMatchObject({
      code: 1,
      value: { error: { code: 'stronger_level_in_force', message: expect.stringContaining('processing') } },
    });
    const [[strongest]] = LEVELS;
    const first = await run('resume', '--level', strongest, '--reason', 'drill over');
    expect([first.code, first.out]).toEqual([
      0,
      expect.stringMatching(
        /Still in force: read-only, sever, intent \(refund_request\), channel \(email\), template \(t_damaged_item_intake\)\.$/m,
      ),
    ]);
    for (const [level, only] of LEVELS.slice(1))
      expect(await json('resume', ...words(level, only), '--reason', 'drill over')).toMatchObject({ code: 0 });
    const after = (await json('status')).value;
    expect([after.stops, after.flags.automation_enabled_channels, after.mode]).toEqual([
      [],
      ['livechat', 'email'],
      'auto',
    ]);
  });

  it.each([
    ['read-only', 'richpanel_read_only'],
    ['sever', 'rule_enabled/responder_reply'],
  ])('%s is not resumed where it is not stopped: it says so and writes nothing', async (level, flag) => {
    const before = (await json('flags', 'get', flag)).value;
    const { code, out } = await run('resume', '--level', level, '--reason', 'by mistake');
    expect([code, out]).toEqual([0, `${level} was not stopped; nothing was changed. Nothing is stopped.\n`]);
    expect((await json('flags', 'get', flag)).value).toEqual(before);
  });

  it('have a history of who switched a rule, which nothing else writes', async () => {
    const { value } = await json('flags', 'get', 'rule_enabled/responder_reply');
    expect(value.history).toMatchObject([
      { value: 'true', reason: 'drill over', by: expect.any(String) },
      { value: 'false', reason: 'drill of sever', by: expect.any(String) },
    ]);
    const set = await json('flags', 'set', 'rule_enabled/responder_reply', 'true', '--reason', 'by hand');
    expect(set).toMatchObject({ code: 2, value: { error: { code: 'not_settable' } } });
  });

  it.each([
    [['stop', '--level', 'template', '--reason', 'x'], 'only_missing'],
    [['stop', '--level', 'safe', '--only', 'email', '--reason', 'x'], 'only_not_taken'],
  ])('%j is wrong usage', async (args, code) => {
    expect(await json(...args)).toMatchObject({ code: 2, value: { error: { code } } });
  });
});

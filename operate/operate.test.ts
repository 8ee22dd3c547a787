/** The real command line against a real instance, each command as an operator would type it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GATE_IDS } from '../events/decision.ts';
import { readOutbox } from './instance/sandbox.ts';
import { QUESTION, sharedInstance } from './instance/shared-instance.testing.ts';
import { frontdesk, standForAws } from './instance/testing.ts';

const { running, run, json, instance } = sharedInstance();

/** What it answers QUESTION with. */
const ASKS = 't_order_status_ask_order_number';

describe('say', () => {
  it('follows the message to its end in plain words', async () => {
    const { code, out, err } = await run('say', QUESTION);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Ticket \d+, conversation /);
    expect(out).toMatch(/MessageReceived: came in by /);
    expect(out).toMatch(/^Settled after .*: answered\. Read as order status tracking/m);
    expect(out).toContain(`The customer received (${ASKS}):`);
  });

  it('gives one JSON value, and progress on stderr', async () => {
    const { code, out, err } = await run(
      '--json',
      'say',
      QUESTION,
      '--channel',
      'livechat',
      '--conversation',
      'conv-say-1',
    );
    expect(code).toBe(0);
    const value = JSON.parse(out);
    expect(value).toMatchObject({
      conversationId: 'conv-say-1',
      outcome: 'replied',
      intent: 'order_status_tracking',
      templateId: ASKS,
    });
    expect(value.events.at(0)).toBe('MessageReceived');
    expect(value.events.at(-1)).toBe('MessageSettled');
    expect(err).toContain('MessageSettled: settled: replied');
    const received = (await readOutbox(instance())).filter(({ ticketId }) => ticketId === 'conv-say-1');
    expect(received.map(({ body }) => body)).toEqual([value.replyText]);
  });

  it('says that a channel nobody knows gets no answer', async () => {
    const { code, out } = await run('say', QUESTION, '--channel', 'pigeon', '--wait', '0');
    expect(code).toBe(0);
    expect(out).toContain('"pigeon" is no channel Frontdesk knows');
  });

  it('does not wait when it is told not to', async () => {
    const { code, value } = await json('say', QUESTION, '--wait', '0');
    expect(code).toBe(0);
    expect(value.ticketNumber).toBeTypeOf('number');
  });
});

describe('ticket', () => {
  it('is the same by conversation, number and message, and holds no word of the customer', async () => {
    const { value: said } = await json('say', `${QUESTION} Zebulon`, '--conversation', 'conv-ticket-1');
    const answers = await Promise.all(
      [said.conversationId, String(said.ticketNumber), said.messageId, said.messageKey].map((id) =>
        run('--json', 'ticket', id),
      ),
    );
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(new Set(answers.map(({ out }) => out)).size).toBe(1);
    const [answer] = answers;
    expect(answer?.out).not.toMatch(/zebulon/i);
    const { conversationId, messages } = JSON.parse(answer?.out ?? '');
    expect(conversationId).toBe('conv-ticket-1');
    expect(messages).toHaveLength(1);
    const [message] = messages;
    expect(Object.keys(message)).toEqual(
      expect.arrayContaining(['messageKey', 'outcome', 'gateReport', 'events', 'writes', 'versions']),
    );
    expect(message).toMatchObject({ messageKey: said.messageKey, outcome: said.outcome, events: said.events });
    // Every gate is reported (architecture §10, ruling 15).
    expect(message.gateReport.map(({ gate }: { gate: string }) => gate)).toEqual(GATE_IDS);
    expect(message.versions).toMatchObject({
      classifier: expect.any(String),
      policy: expect.any(String),
      templates: expect.any(String),
    });
  });

  it('names the cure for an id that nobody knows', async () => {
    const { code, value } = await json('ticket', 'no-such-thing');
    expect(code).toBe(1);
    expect(value.error).toMatchObject({ code: 'unknown_ticket', cure: expect.stringContaining('ticket number') });
  });
});

describe('templates macros', () => {
  it('compares teams, tags and macros of the workspace; a fresh one needs nothing put right', async () => {
    const { code, value } = await json('templates', 'macros');
    expect(value.drift.problems).toEqual([]);
    expect(code).toBe(0);
    expect(value.drift.teams).toEqual({ state: 'listed', missing: [], notConfigured: [] });
    expect(value.drift.tags).toMatchObject({ state: 'listed', missingRoutes: [], otherCase: [] });
    expect(value.drift.macros.macros).toHaveLength(23);
    expect(value.drift.macros.flagged).toEqual([{ name: 'ORDERS: Package Delivered', findings: ['INSERT ADDRESS'] }]);
  });

  it('finds a macro that somebody changed', async () => {
    const url = `${instance().richpanelUrl}/__sandbox/macros`;
    const { macros } = (await (await fetch(url)).json()) as { macros: { name: string; text: string }[] };
    const changed = macros.map((macro) =>
      macro.name === 'AUTO: Billing Issue Intake' ? { ...macro, text: 'We will refund you.' } : macro,
    );
    await fetch(url, { method: 'PUT', body: JSON.stringify(changed) });
    const { code, value } = await json('templates', 'macros');
    await fetch(url, { method: 'PUT', body: JSON.stringify(macros) });
    expect(code).toBe(1);
    expect(value.drift.problems).toEqual([
      'macro AUTO: Billing Issue Intake: diverged',
      'macro AUTO: Billing Issue Intake adds a promise, which blocks the next release of templates',
    ]);
  });
});

describe('status', () => {
  it('has the keys of interfaces §3 and is well', async () => {
    const { code, value } = await json('status');
    expect(code).toBe(0);
    expect(Object.keys(value)).toEqual([
      'env',
      'version',
      'healthy',
      'mode',
      'flags',
      'classifier',
      'inFlight',
      'oldestUnsettledS',
      'deadLetters',
      'breakers',
      'lastReplyAt',
      'alarms',
      'limits',
      'bytes',
      'stops',
      'bytesByPart',
    ]);
    expect(value).toMatchObject({
      env: 'local',
      healthy: true,
      mode: 'auto',
      classifier: 'embedded',
      deadLetters: 0,
      alarms: [],
      limits: 'off',
    });
    expect(value.flags).toMatchObject({
      safe_mode: false,
      automation_enabled_channels: ['livechat', 'email'],
      prod_writes_ack: null,
    });
    expect(Date.now() - Date.parse(value.lastReplyAt)).toBeLessThan(120_000);
    const { tables, archives, ...rest } = value.bytesByPart;
    expect(Object.keys(tables)).toContain('audit_trail');
    expect(tables.audit_trail).toBeGreaterThan(0);
    expect(archives['frontdesk-local-facts']).toBeGreaterThan(0);
    expect(Object.keys(rest)).toEqual(['queues', 'sandbox', 'logs', 'freePages', 'other']);
    // Read one after the other, while the instance writes.
    const parts: number[] = [tables, archives, rest].flatMap((part: object) => Object.values(part));
    expect(Math.abs(parts.reduce((sum, bytes) => sum + bytes) / value.bytes - 1)).toBeLessThan(0.2);
  });
});

describe('a deployed stage', () => {
  let putBack = (): void => {};
  beforeAll(() => {
    putBack = standForAws(running().data);
  });
  afterAll(() => putBack());
  const onStage = (...args: readonly string[]) => json('--target', 'aws', '--stage', 'local', ...args);

  it('tells the same of a ticket and a flag', async () => {
    const { value: said } = await json('say', QUESTION, '--conversation', 'conv-stage-1');
    const { code, value } = await onStage('ticket', 'conv-stage-1');
    expect({ code, value }).toMatchObject({ code: 0, value: { messages: [{ outcome: said.outcome }] } });
    expect(value).toEqual((await json('ticket', 'conv-stage-1')).value);
    expect((await onStage('flags', 'get', 'safe_mode')).value).toEqual((await json('flags', 'get', 'safe_mode')).value);
  });

  it('knows no number of a ticket, which is the helpdesk’s', async () => {
    const { value: said } = await json('say', QUESTION);
    expect(await onStage('ticket', String(said.ticketNumber))).toMatchObject({
      code: 1,
      value: { error: { code: 'unknown_ticket' } },
    });
  });

  it('does not call it well, nor silent, where the last reply cannot be asked for', async () => {
    expect(await onStage('status')).toMatchObject({
      code: 1,
      value: { error: { code: 'endpoint_failed', message: expect.stringContaining('CloudWatch') } },
    });
  });
});

describe('archive list and ticket', () => {
  it('need no running instance, and say the same without one', async () => {
    const { value: said } = await json('say', QUESTION, '--conversation', 'conv-rest-1');
    const questions = [
      ['ticket', 'conv-rest-1'],
      ['ticket', String(said.ticketNumber)],
      ['ticket', said.messageId],
    ];
    const whileRunning = await Promise.all(questions.map((words) => json(...words)));
    const archives = await json('archive', 'list');
    expect(archives.value).toMatchObject([
      { name: 'frontdesk-local-facts', retentionDays: 180 },
      { name: 'frontdesk-local-recovery', retentionDays: 14 },
    ]);
    expect(archives.value[1].events).toBeGreaterThan(0);
    await running().stop();
    expect(await run('status')).toMatchObject({
      code: 1,
      err: expect.stringContaining('not running; start with `npm start`'),
    });
    const atRest = await Promise.all(questions.map((words) => json(...words)));
    expect(atRest.map(({ value }) => value)).toEqual(whileRunning.map(({ value }) => value));
    expect((await json('archive', 'list')).value).toEqual(archives.value);
    expect((await json('doctor')).value.checks).toContainEqual(
      expect.objectContaining({ name: 'instance', result: 'ok' }),
    );
    mkdirSync(join(running().data, 'empty'));
    expect(await frontdesk(join(running().data, 'empty'), 'ticket', '1')).toMatchObject({
      code: 1,
      err: expect.stringContaining('holds no data'),
    });
  });
});

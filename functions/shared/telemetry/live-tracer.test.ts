/** What X-Ray's daemon is sent: segments of the envelope's own trace, with annotations and nothing else (platform §6.6). */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { expect, it } from 'vitest';

const MODULE = new URL('./live-tracer.ts', import.meta.url).href;
/** Of Lambda's own invocation: the envelope's stands in its place. */
const LAMBDA = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0';
const TRACE = '6967f0c0d1e2f3a4b5c6d7e8f9010203';
const PARENT = 'a1b2c3d4e5f60718';

type Segment = Readonly<Record<string, unknown>>;

/** Runs a script in a process that looks like Lambda's, and answers what its daemon received. */
async function sentBy(script: string): Promise<Segment[]> {
  const daemon = createSocket('udp4');
  const received: Segment[] = [];
  daemon.on('message', (message) => {
    const [, document = '{}'] = String(message).split('\n');
    received.push(JSON.parse(document));
  });
  await new Promise<void>((resolve) => daemon.bind(0, '127.0.0.1', resolve));
  const program = `
    import { powertoolsTrace } from ${JSON.stringify(MODULE)};
    const trace = powertoolsTrace('0.1.0', (_span, _fields, run) => run(() => {}));
    const origin = (flags) => ({ traceparent: '00-${TRACE}-${PARENT}-' + flags, correlationId: 'trc_1' });
    ${script}
    await new Promise((resolve) => setTimeout(resolve, 200));
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      LAMBDA_TASK_ROOT: '/var/task',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
      _X_AMZN_TRACE_ID: LAMBDA,
      POWERTOOLS_TRACE_ENABLED: 'true',
    },
  });
  await new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve) => daemon.close(() => resolve(null)));
  return received;
}

it('a function’s segment belongs to the trace of the envelope, and the steps lie within it', async () => {
  const sent = await sentBy(`
    await trace('consumer', { ticket_id: 't-1', event: 'OrderMatched', tier: null }, async (annotate) => {
      await trace('verify.gates', {}, async () => {});
      annotate({ result: 'retry' });
    }, origin('01'));
  `);
  const consumer = sent.find(({ name }) => name === 'consumer');
  const gates = sent.find(({ name }) => name === 'verify.gates');
  expect(consumer).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    name: 'consumer',
    type: 'subsegment',
    trace_id: '1-6967f0c0-d1e2f3a4b5c6d7e8f9010203',
    parent_id: PARENT,
    start_time: expect.any(Number),
    end_time: expect.any(Number),
    annotations: { ticket_id: 't-1', event: 'OrderMatched', release: '0.1.0', trace_id: 'trc_1', result: 'retry' },
  });
  expect(gates).toMatchObject({ trace_id: '1-6967f0c0-d1e2f3a4b5c6d7e8f9010203', parent_id: consumer?.id });
});

it('a failure is a fault, and no word of it is sent', async () => {
  const sent = await sentBy(`
    await trace('consumer', {}, () => Promise.reject(new Error('nora@mail.test')), origin('01')).catch(() => {});
  `);
  expect(sent).toMatchObject([{ name: 'consumer', fault: true }]);
  expect(JSON.stringify(sent)).not.toContain('nora');
});

it('a way that is not traced sends nothing, and each event of a batch keeps to its own', async () => {
  const sent = await sentBy(`
    await trace('consumer', {}, async () => {}, origin('00'));
    await trace('consumer', {}, async () => {}, { traceparent: '00-${'1'.repeat(32)}-${'2'.repeat(16)}-01', correlationId: 'trc_2' });
  `);
  expect(sent.map(({ trace_id }) => trace_id)).toEqual([`1-11111111-${'1'.repeat(24)}`]);
});

/**
 * Of X-Ray's client much is left out of a bundle (tools/bundle/left-out.ts), and on one machine no daemon listens: here a deployed
 * bundle runs as on Lambda, and what is left of the client sends what is traced (platform §6.6).
 */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { delivered, exampleOf } from '../../functions/shared/testing.ts';
import { topology } from '../../stacks/topology.ts';
import { bundleAll } from '../../tools/bundle/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-traced-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RUN = `
const [, , href, payload] = process.argv;
const { handler } = await import(href);
// Nothing answers it: that it fails is told to the daemon too.
await handler(JSON.parse(payload), { awsRequestId: 'req-1' }).catch(() => {});
setTimeout(() => process.exit(0), 200);
`;

it('a deployed bundle sends its segments to the daemon that Lambda names', { timeout: 60_000 }, async () => {
  const functions = topology.functions.filter(({ name }) => name === 'verify');
  const [bundle] = await bundleAll(folder, { functions });
  const script = join(folder, 'run.mjs');
  writeFileSync(script, RUN);
  const daemon = createSocket('udp4');
  const received: Record<string, unknown>[] = [];
  daemon.on('message', (message) => received.push(JSON.parse(String(message).split('\n')[1] ?? '{}')));
  await new Promise<void>((resolve) => daemon.bind(0, '127.0.0.1', resolve));
  const fact = exampleOf('MessageClassified', Date.now());
  const child = spawn(
    process.execPath,
    [script, pathToFileURL(bundle?.file ?? '').href, JSON.stringify(delivered(fact))],
    {
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        LAMBDA_TASK_ROOT: '/var/task',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_REGION: 'us-east-2',
        AWS_ACCESS_KEY_ID: 'key',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
        _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0',
        FRONTDESK_ENV: 'dev',
      },
    },
  );
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  await new Promise((resolve) => daemon.close(() => resolve(null)));
  const [, trace = '', parent] = fact.metadata.traceparent.split('-');
  expect(received).toContainEqual(
    expect.objectContaining({
      name: 'consumer',
      trace_id: `1-${trace.slice(0, 8)}-${trace.slice(8)}`,
      parent_id: parent,
      fault: true,
    }),
  );
});

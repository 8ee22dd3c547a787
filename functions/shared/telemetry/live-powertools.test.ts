/** What really reaches the log: the envelope of platform §6.1 and EMF with the dimensions of §6.3, nothing else. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const MODULE = new URL('./live-powertools.ts', import.meta.url).href;
const LOGGED_AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Powertools writes past vitest's console, so the lines of another process are read. */
function linesOf(script: string): Record<string, unknown>[] {
  const program = `
    import { powertoolsTelemetry } from ${JSON.stringify(MODULE)};
    const telemetry = powertoolsTelemetry({ functionName: 'verify', env: 'local', release: '0.1.0' });
    ${script}
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, POWERTOOLS_SERVICE_NAME: 'verify', POWERTOOLS_METRICS_NAMESPACE: 'Frontdesk' },
  });
  return (stdout + stderr)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('powertoolsTelemetry', () => {
  it('writes one flat line with the request it belongs to', () => {
    const [line] = linesOf(`
      await telemetry.invocation('req-1', async () =>
        telemetry.log('WARN', 'policy.automation.blocked', { ticket_id: 't-1', reason_codes: ['low_confidence'], tier: null }));
    `);
    expect(line).toEqual({
      ts: expect.stringMatching(LOGGED_AT),
      level: 'WARN',
      event: 'policy.automation.blocked',
      // `tier: null` is left out: absent says as much.
      ticket_id: 't-1',
      reason_codes: ['low_confidence'],
      step: 'policy',
      function: 'verify',
      release: '0.1.0',
      env: 'local',
      aws_request_id: 'req-1',
    });
  });

  it('drops what it does not know or what is no code, and counts it', () => {
    const lines = linesOf(`
      await telemetry.invocation(null, async () =>
        telemetry.log('INFO', 'consumer.event.complete', {
          body: 'harmless', count: 1, error_code: 'Hi, I am nora, "where" is it?', flag: { deep: 'text' },
        }));
    `);
    expect(lines[0]).toEqual({
      ts: expect.any(String),
      level: 'INFO',
      event: 'consumer.event.complete',
      count: 1,
      step: 'verify',
      function: 'verify',
      release: '0.1.0',
      env: 'local',
    });
    expect(lines[1]).toMatchObject({ 'logging.dropped_keys_total': 3, env: 'local' });
  });

  it('has metrics out at the end of the invocation, by the dimensions that each may have', () => {
    const lines = linesOf(`
      await telemetry.invocation('req-1', async () => {
        telemetry.metrics.count('consumer.started_total');
        telemetry.metrics.count('consumer.started_total');
        telemetry.metrics.observe('consumer.event_lag_ms', 12);
        telemetry.metrics.count('policy.decisions_total', 1, 'email');
        telemetry.metrics.count('vendor.richpanel.requests_total');
        telemetry.metrics.count('verify.denied_total');
        telemetry.metrics.observe('pipeline.reply_latency_ms', Number.NaN);
      });
      await telemetry.invocation('req-2', async () => undefined);
    `);
    const told = lines.map(({ _aws, ...values }) => {
      const [metrics] = (
        _aws as {
          CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string; Unit: string }[] }[];
        }
      ).CloudWatchMetrics;
      return {
        values,
        namespace: metrics?.Namespace,
        dimensions: metrics?.Dimensions,
        units: metrics?.Metrics.map(({ Name, Unit }) => [Name, Unit]),
      };
    });
    expect(told).toEqual([
      {
        values: { env: 'local', function: 'verify', 'consumer.started_total': [1, 1], 'consumer.event_lag_ms': 12 },
        namespace: 'frontdesk',
        dimensions: [['env'], ['env', 'function']],
        units: [
          ['consumer.started_total', 'Count'],
          ['consumer.event_lag_ms', 'Milliseconds'],
        ],
      },
      {
        values: { env: 'local', channel: 'email', 'policy.decisions_total': 1 },
        namespace: 'frontdesk',
        dimensions: [['env'], ['env', 'channel']],
        units: [['policy.decisions_total', 'Count']],
      },
      {
        values: { env: 'local', vendor: 'richpanel', 'vendor.richpanel.requests_total': 1 },
        namespace: 'frontdesk',
        dimensions: [['env'], ['env', 'vendor']],
        units: [['vendor.richpanel.requests_total', 'Count']],
      },
      {
        values: { env: 'local', 'verify.denied_total': 1 },
        namespace: 'frontdesk',
        dimensions: [['env']],
        units: [['verify.denied_total', 'Count']],
      },
    ]);
  });

  it('flushes when the invocation fails, and lets the error through', () => {
    const lines = linesOf(`
      const failed = await telemetry.invocation('req-1', async () => {
        telemetry.metrics.count('consumer.failed_total');
        throw new Error('x');
      }).catch((error) => error.message);
      console.log(JSON.stringify({ failed }));
    `);
    expect(lines).toEqual([expect.objectContaining({ 'consumer.failed_total': 1 }), { failed: 'x' }]);
  });
});

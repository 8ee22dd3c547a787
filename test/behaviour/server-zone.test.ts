/** What a customer reads of days must not depend on where the server stands (replies §3.3): the E table under several `TZ`. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ESTIMATE_EXAMPLES } from '../../policy/orders/fixtures/estimate-examples.ts';

const WINDOWS = {
  Standard: [3, 5],
  Ground: [3, 7],
  Expedited: [2, 3],
  Express: [1, 2],
  'Two-day': [2, 2],
  Priority: [1, 1],
  Rushed: [1, 1],
  Economy: [5, 7],
  'Pre-Order': [45, 45],
};

const SCRIPT = `
import { estimate } from './policy/orders/estimate.ts';
import { templateVariables } from './policy/orders/variables.ts';
const { examples, windows } = JSON.parse(process.env.CASES);
const zone = 'America/New_York';
const rows = examples.map(({ id, bucket, order, asked }) => {
  const told = estimate({ createdAt: order, bucket, window: windows[bucket] }, asked, { zone, calendar: 'none' });
  const facts = { orderName: '#1043', state: 'received', createdAt: order, fulfilments: [] };
  const vars = templateVariables(facts, told.kind === 'window' ? told : null, { links: { carriers: [], shopHosts: [] }, zone });
  return [id, told.kind === 'window' ? told.orderDate : null, told.etaText ?? null, vars.order_created_date_human];
});
process.stdout.write(JSON.stringify({ offset: new Date('2026-01-15T12:00:00Z').getTimezoneOffset(), rows }));
`;

function under(tz: string): { offset: number; rows: unknown[] } {
  const cases = ESTIMATE_EXAMPLES.map(({ id, bucket, order, asked }) => ({ id, bucket, order, asked }));
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    cwd: new URL('../../', import.meta.url),
    env: { ...process.env, TZ: tz, NODE_OPTIONS: '', CASES: JSON.stringify({ examples: cases, windows: WINDOWS }) },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as { offset: number; rows: unknown[] };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Straight from the cells of the table. */
const expected = ESTIMATE_EXAMPLES.map(({ id, orderDate, text, none }) => {
  const [year, month, day] = orderDate.split('-').map(Number);
  const isCounted = !none.includes('clock_skew');
  const human = `${MONTHS[(month ?? 0) - 1]} ${day}, ${year}`;
  return [id, isCounted ? orderDate : null, text === '-' ? null : text, human];
});

describe('the zone of the server', () => {
  it.each([
    ['UTC', 0],
    ['America/New_York', 300],
    ['America/Los_Angeles', 480],
    ['Asia/Kolkata', -330],
    ['Pacific/Kiritimati', -840],
    ['Pacific/Pago_Pago', 660],
  ])('%s changes no day and no word', (tz, offset) => {
    const told = under(tz);
    // Proof that the process did stand there.
    expect(told.offset).toBe(offset);
    expect(told.rows).toEqual(expected);
  });
});

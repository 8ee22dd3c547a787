import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FactRecord } from '../../functions/shared/records/table.ts';
import { hourFolder, LINES_FILE, recordFiles } from '../../local/aws/firehose/record-files.ts';
import { RECORDS_HOME } from '../../local/platform/platform.ts';
import { Failure } from '../failure.ts';
import { compact } from './compact.ts';
import { openAnalytics } from './database.ts';
import { recordFilesOf } from './files.ts';
import { analyticsReport } from './report.ts';
import { REPORT_NAMES } from './reports.ts';

const HOUR_MS = 3_600_000;
const NOON = Date.parse('2026-01-15T12:30:00.000Z');
const home = mkdtempSync(join(tmpdir(), 'frontdesk-analytics-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let serial = 0;
function uuid(): string {
  serial += 1;
  return `018f0000-0000-7000-8000-${String(serial).padStart(12, '0')}`;
}

type Row = Partial<FactRecord> & Pick<FactRecord, 'event_name'>;
/** Facts about one message, by the minute. */
function message(
  conversation_id: string,
  at: number,
  channel: FactRecord['channel'],
  ...facts: readonly Row[]
): FactRecord[] {
  const root_event_id = uuid();
  return facts.map((fact, index) => ({
    event_id: uuid(),
    schema_version: '1.0',
    occurred_at: new Date(at + index * 60_000).toISOString(),
    env: 'local',
    brand_id: 'main',
    producer: 'classify',
    release: '0.1.0',
    channel,
    hops: index,
    from_replay: false,
    conversation_id,
    message_key: 'cmt_1',
    root_event_id,
    received_at: new Date(at).toISOString(),
    ...fact,
  }));
}

const CLASSIFIED: Row = { event_name: 'MessageClassified', intent: 'damaged_item', tier: 1 };
const ROUTED: Row = { event_name: 'TicketRouted', team: 'Returns Admin' };
const APPROVED: Row = {
  event_name: 'ReplyApproved',
  model_calls: 1,
  tokens_in: 400,
  tokens_out: 40,
  nano_usd: 2_000_000,
};
const SENT: Row = { event_name: 'ReplySent', template_id: 't_damaged_item_intake' };
const settled = (outcome: string, end_to_end_ms: number): Row => ({
  event_name: 'MessageSettled',
  outcome,
  end_to_end_ms,
});

const DAY_MS = 24 * HOUR_MS;
/** One tag a fact, as the producer states them. */
const tagged = (code: string, correct_team?: string): Row => ({
  event_name: 'AgentFeedbackReceived',
  feedback_codes: [code],
  ...(correct_team !== undefined && { correct_team }),
});
const ROWS: readonly FactRecord[] = [
  // Answered, and never heard of again.
  ...message('conv_1', NOON - 3 * DAY_MS, 'email', CLASSIFIED, ROUTED, APPROVED, SENT, settled('replied', 2_000)),
  // Answered; the customer writes again an hour later.
  ...message('conv_2', NOON - 3 * DAY_MS, 'email', CLASSIFIED, ROUTED, APPROVED, SENT, settled('replied', 4_000)),
  ...message('conv_2', NOON - 3 * DAY_MS + HOUR_MS, 'email', CLASSIFIED, ROUTED, settled('routed', 1_000)),
  // Answered just now: nobody knows yet.
  ...message('conv_3', NOON - HOUR_MS, 'livechat', CLASSIFIED, APPROVED, SENT, settled('replied', 900)),
  // Approved, and withheld at the door.
  ...message(
    'conv_4',
    NOON - HOUR_MS,
    'livechat',
    CLASSIFIED,
    ROUTED,
    APPROVED,
    { event_name: 'ReplySuppressed' },
    settled('suppressed', 800),
  ),
  // Under way.
  ...message('conv_5', NOON, 'email', CLASSIFIED),
  // A macro sets both.
  ...message(
    'conv_1',
    NOON - 2 * DAY_MS,
    'email',
    tagged('mw_feedback_misroute'),
    tagged('mw:feedback:correct_dept:sales_team', 'Sales Team'),
  ),
  ...message('conv_2', NOON - 2 * DAY_MS, 'email', tagged('mw:feedback:bad_reply')),
  // An agent only said whose it is.
  ...message(
    'conv_4',
    NOON - HOUR_MS / 2,
    'livechat',
    tagged('mw:feedback:correct_dept:returns_admin', 'Returns Admin'),
  ),
];

/** A folder in which these arrived in the given hours before noon, as often as given. */
function folderOf(name: string, hours: readonly number[]): string {
  const dataDir = join(home, name);
  const sink = recordFiles(join(dataDir, RECORDS_HOME), 'local');
  for (const hour of hours)
    sink.append(
      ROWS.map((row) => Buffer.from(JSON.stringify(row))),
      NOON - hour * HOUR_MS,
    );
  return dataDir;
}

describe('reports', () => {
  let dataDir = '';
  beforeAll(() => {
    dataDir = folderOf('doubled', [0, 1, 1]);
  });
  const rows = async (name: (typeof REPORT_NAMES)[number], window?: { from: number | null; to: number | null }) =>
    (await analyticsReport({ dataDir }, name, window, NOON)).rows;

  it('count each message once at each step that it came to', async () => {
    expect(await rows('funnel')).toEqual([
      ['known', 6, 0, 1],
      ['classified', 6, 0, 1],
      ['routed', 4, 2, 0.6667],
      ['approved', 4, 2, 0.6667],
      ['replied', 3, 1, 0.5],
      ['settled', 5, 1, 0.8333],
    ]);
  });

  it('take a reply for a deflection when a day has gone without another message', async () => {
    expect(await rows('deflection')).toEqual([
      ['email', 4, 2, 0, 1, 1, 0, 0.25],
      ['livechat', 2, 1, 0, 0, 0, 1, 0],
    ]);
  });

  it('tell how long it took', async () => {
    expect(await rows('response-times')).toEqual([
      ['email', 'replied', 2, 3, 3.9, 3.98, 4],
      ['email', 'routed', 1, 1, 1, 1, 1],
      ['livechat', 'replied', 1, 0.9, 0.9, 0.9, 0.9],
      ['livechat', 'suppressed', 1, 0.8, 0.8, 0.8, 0.8],
    ]);
  });

  it('take feedback for a misroute when it says so or names a team, in any spelling, once a ticket', async () => {
    const before = { from: null, to: NOON - DAY_MS };
    expect(await rows('misroutes', before)).toEqual([['Returns Admin', 2, 1, 0.5, 'Sales Team']]);
    const [[team, tickets, misrouted, share] = []] = await rows('misroutes');
    expect([team, tickets, misrouted, share]).toEqual(['Returns Admin', 3, 2, 0.6667]);
  });

  it('add up what models were paid', async () => {
    expect(await rows('cost')).toEqual([
      ['2026-01-12', 'damaged_item', 3, 2, 800, 0, 80, 0.004, 1.333333],
      ['2026-01-15', 'damaged_item', 3, 2, 800, 0, 80, 0.004, 1.333333],
    ]);
  });

  it('look at the window that is asked for: from is in, to is out', async () => {
    const known = async (from: number | null, to: number | null) => (await rows('funnel', { from, to }))[0]?.[1];
    expect(await known(NOON - HOUR_MS, null)).toBe(3);
    expect(await known(NOON - HOUR_MS, NOON)).toBe(2);
    expect(await known(NOON - HOUR_MS + 1, NOON)).toBe(0);
  });

  it('say nothing of a folder without a row', async () => {
    for (const name of REPORT_NAMES) {
      const { columns, rows: none } = await analyticsReport({ dataDir: join(home, 'empty') }, name);
      expect(columns.length).toBeGreaterThan(3);
      expect(none).toEqual(name === 'funnel' ? expect.any(Array) : []);
    }
  });
});

describe('hours that are over', () => {
  it('become one Parquet file each; answers stay the same, before, after and when it is done again', async () => {
    const dataDir = folderOf('compacted', [0, 1, 2, 2]);
    const all = async () => {
      const database = await openAnalytics(dataDir);
      const { rows } = await database.ask('SELECT * FROM events ORDER BY event_id');
      database.close();
      return rows;
    };
    const before = await all();
    expect(before).toHaveLength(ROWS.length);
    expect(await compact(dataDir, NOON)).toMatchObject({ hours: 2 });
    const { lines, parquet } = recordFilesOf(dataDir);
    expect([lines.length, parquet.length]).toEqual([1, 2]);
    expect(await all()).toEqual(before);
    // As if the run before had died before the lines were gone.
    const hour = hourFolder(join(dataDir, RECORDS_HOME), 'local', NOON - HOUR_MS);
    writeFileSync(join(hour, LINES_FILE), `${JSON.stringify(ROWS[0])}\n`);
    expect(await compact(dataDir, NOON)).toMatchObject({ hours: 1 });
    expect(await all()).toEqual(before);
    expect(readdirSync(hour)).toEqual(['rows.parquet']);
  });

  it('a line that a dead process tore is no row, and swallows none that comes after it', async () => {
    const dataDir = folderOf('torn', [0]);
    const file = join(hourFolder(join(dataDir, RECORDS_HOME), 'local', NOON), LINES_FILE);
    writeFileSync(file, `${JSON.stringify(ROWS[0])}\n${JSON.stringify(ROWS[1]).slice(0, 40)}`);
    recordFiles(join(dataDir, RECORDS_HOME), 'local').append([Buffer.from(JSON.stringify(ROWS[2]))], NOON);
    const database = await openAnalytics(dataDir);
    expect((await database.ask('SELECT event_name FROM events ORDER BY event_id')).rows).toEqual([
      ['MessageClassified'],
      ['ReplyApproved'],
    ]);
    database.close();
  });
});

describe('a question', () => {
  let dataDir = '';
  beforeAll(() => {
    dataDir = folderOf('asked', [0]);
  });

  async function ask(sql: string) {
    const database = await openAnalytics(dataDir);
    try {
      return await database.ask(sql);
    } catch (error) {
      if (error instanceof Failure) return error.code;
      throw error;
    } finally {
      database.close();
    }
  }

  it('answers with plain values', async () => {
    expect(
      await ask(
        "SELECT occurred_at, feedback_codes, 9007199254740993::BIGINT, {'a': 1} FROM events WHERE correct_team = 'Sales Team'",
      ),
    ).toMatchObject({
      rows: [['2026-01-13T12:31:00.000Z', ['mw:feedback:correct_dept:sales_team'], '9007199254740993', { a: 1 }]],
      isCut: false,
    });
  });

  it('has its rows cut when there are too many', async () => {
    const answer = await ask('SELECT range FROM range(50000)');
    expect(answer).toMatchObject({ isCut: true });
    expect(Object(answer).rows).toHaveLength(10_000);
  });

  it.each([
    ["COPY (SELECT 1) TO '{folder}/x.csv'", 'read_only'],
    ['EXPLAIN ANALYZE SELECT 1', 'read_only'],
    ['CREATE TABLE x AS SELECT 1', 'read_only'],
    ['SET memory_limit = 0', 'read_only'],
    ['SELECT 1; SELECT 2', 'one_question'],
    ['', 'one_question'],
    ["SELECT * FROM read_text('/etc/passwd')", 'question_refused'],
    ["SELECT * FROM read_text('{folder}/../../aws.sqlite')", 'question_refused'],
    ["SELECT * FROM 'http://127.0.0.1:1/x.json'", 'question_refused'],
    ['SELECT nothing FROM events', 'question_refused'],
    ["ATTACH '{folder}/x.db'", 'read_only'],
    ['INSTALL httpfs', 'read_only'],
    ['LOAD httpfs', 'read_only'],
  ])('%s is refused: %s', async (sql, code) => {
    const folder = join(dataDir, RECORDS_HOME, 'events');
    const before = readdirSync(folder, { recursive: true });
    expect(await ask(sql.replace('{folder}', folder))).toBe(code);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });
});

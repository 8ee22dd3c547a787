/** What the reader keeps is what the whole trail says, however it came about (platform §6.7). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventName } from '../../events/catalogue.ts';
import { leafHour } from '../../functions/shared/audit/leaves.ts';
import { openOwnEngine } from '../../local/aws/dynamodb/own-engine.ts';
import { ensureTable, fullTableName } from '../../local/aws/dynamodb/tables.ts';
import { STAGE } from '../../local/platform/stage.ts';
import { topology } from '../../stacks/topology.ts';
import { openTablesAside, type Tables } from '../instance/tables.ts';
import { fact } from '../testing.ts';
import { observe } from './observed.ts';
import { createTrailReader } from './reader.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.parse('2026-02-08T09:30:00.000Z');
const WINDOW = { from: NOW - 35 * DAY_MS, to: NOW };
const TableName = fullTableName(STAGE.env, 'audit_trail');

let data: string;
let database: DatabaseSync;
let engine: ReturnType<typeof openOwnEngine>;
let tables: Tables;
let made = 0;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'frontdesk-reader-'));
  database = new DatabaseSync(join(data, 'aws.sqlite'));
  engine = openOwnEngine({ database, accountId: STAGE.accountId, region: STAGE.region, now: () => NOW });
  const spec = topology.tables.find(({ name }) => name === 'audit_trail');
  if (spec === undefined) throw new Error('the topology has no trail');
  ensureTable(engine.store, STAGE.env, spec);
  tables = openTablesAside({
    dataDir: data,
    dataDirGiven: data,
    variables: {},
    target: 'local',
    stage: null,
    isJson: true,
    tell: () => {},
    note: () => {},
  });
});
afterEach(async () => {
  await tables.close();
  database.close();
  rmSync(data, { recursive: true, force: true });
});

/** Writes down, as the auditor does, a fact of an hour ago. */
function record(name: EventName, conversationId: string, at: number): void {
  made += 1;
  const occurredAt = new Date(at).toISOString();
  const about = name === 'AgentFeedbackReceived' ? { appliedAt: occurredAt } : {};
  const { metadata, data: told } = fact(name, 1, about, {
    conversationId,
    messageKey: `cmt_${conversationId}`,
    eventId: `0194b2c0-0000-7000-9000-${String(made).padStart(12, '0')}`,
    occurredAt,
  });
  const item = {
    conversation_id: conversationId,
    ts_action_id: `${occurredAt}#${metadata.eventId}`,
    event_id: metadata.eventId,
    event_name: name,
    recorded_at: occurredAt,
    leaf_hour: leafHour(at),
    envelope: JSON.stringify({ metadata, data: told }),
  };
  engine.operations.PutItem?.({ TableName, Item: marshall(item, { removeUndefinedValues: true }) });
}

const noPause = async (): Promise<void> => {};

/** Conversations over the whole span, their facts in several hours. */
function pastWeeks(): void {
  for (let day = 1; day <= 30; day += 1) {
    const at = NOW - day * DAY_MS;
    record('MessageClassified', `conv_${day}`, at);
    record('TicketRouted', `conv_${day}`, at + 1_000);
    if (day % 3 === 0) record('AgentFeedbackReceived', `conv_${day}`, at + 5 * HOUR_MS);
    if (day % 5 === 0) record('ReplySent', `conv_${day}`, at + HOUR_MS);
  }
}

describe('the reader', () => {
  it('comes to what a reading of the whole trail comes to, and tells how far it is', async () => {
    pastWeeks();
    const reader = createTrailReader(tables, 35 * DAY_MS);
    expect(reader.reading()).toMatchObject({ hours: 0, facts: 0, backTo: null });
    const seen: number[] = [];
    await reader.catchUp(NOW, async () => void seen.push(reader.observed().messages.length));
    expect(reader.observed()).toEqual(await observe(tables, WINDOW));
    expect(reader.observed().messages).toHaveLength(30);
    const { hours, ofHours, backTo } = reader.reading();
    expect([hours, ofHours]).toEqual([841, 841]);
    expect(backTo).toBe(Math.floor(WINDOW.from / HOUR_MS) * HOUR_MS);
    // The newest first, so that a page that opens has this week before it has the last.
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen[0]).toBeLessThan(3);
  });

  it('takes in what comes later, and nothing twice', async () => {
    pastWeeks();
    const reader = createTrailReader(tables, 35 * DAY_MS);
    await reader.catchUp(NOW, noPause);
    const { facts } = reader.reading();
    expect(await reader.catchUp(NOW + 1_000, noPause)).toBe(false);
    record('MessageClassified', 'conv_new', NOW + 2_000);
    record('AgentFeedbackReceived', 'conv_3', NOW + 3_000);
    expect(await reader.catchUp(NOW + 10_000, noPause)).toBe(true);
    expect(reader.reading().facts).toBe(facts + 2);
    expect(reader.observed()).toEqual(await observe(tables, { ...WINDOW, to: NOW + 10_000 }));
  });

  it('keeps nothing of a customer who was forgotten', async () => {
    pastWeeks();
    const reader = createTrailReader(tables, 35 * DAY_MS);
    await reader.catchUp(NOW, noPause);
    database.exec(`DELETE FROM dynamodb_items WHERE item LIKE '%"conv_7"%'`);
    record('RecordsDeleted', 'system', NOW + 1_000);
    await reader.catchUp(NOW + 5_000, noPause);
    const { messages } = reader.observed();
    expect(messages.map(({ conversationId }) => conversationId)).not.toContain('conv_7');
    expect(messages).toHaveLength(29);
    expect(await reader.catchUp(NOW + 9_000, noPause)).toBe(false);
  });

  it('lets go of what is older than its span', async () => {
    pastWeeks();
    const reader = createTrailReader(tables, 35 * DAY_MS);
    await reader.catchUp(NOW, noPause);
    await reader.catchUp(NOW + 10 * DAY_MS, noPause);
    const oldest = reader.observed().messages[0]?.at ?? 0;
    expect(oldest).toBeGreaterThanOrEqual(NOW + 10 * DAY_MS - 35 * DAY_MS - HOUR_MS);
  });
});

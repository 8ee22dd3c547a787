/** Two consumers that share no code but the events tell the same of the same traffic, however it was delivered (platform §6.8, §11.5). */

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSource, ROOT } from '../architecture/sources.ts';
import { figuresByReadModels, figuresBySql } from './figures.ts';
import { disorderlyTraffic } from './traffic.ts';

const CONVERSATIONS = 40;

describe('analytics and the read models', () => {
  it('agree with one delivery in five doubled, one in five late, and a part backfilled beside it', {
    timeout: 120_000,
  }, async () => {
    const traffic = await disorderlyTraffic('agreement', CONVERSATIONS);
    const { twice, late, deliveries } = traffic.disorder;
    expect(twice / deliveries).toBeGreaterThan(0.15);
    expect(late / deliveries).toBeGreaterThan(0.15);
    const bySql = await figuresBySql(traffic);
    expect(bySql).toEqual(await figuresByReadModels(traffic, traffic.misrouted));
    // Nothing of it is vacuous.
    const ids = new Set(traffic.records.rows.map(({ event_id }) => event_id));
    expect(traffic.records.rows.length).toBeGreaterThan(ids.size);
    expect(bySql.funnel.settled).toBe(CONVERSATIONS);
    for (const step of ['classified', 'routed', 'approved', 'replied'])
      expect(bySql.funnel[step], step).toBeGreaterThan(5);
    for (const channel of ['email', 'livechat']) expect(bySql.replied[channel], channel).toBeGreaterThan(1);
    expect(Object.values(bySql.misroutes).some(([, misrouted]) => misrouted > 0)).toBe(true);
  });

  it('share no code but events/', () => {
    const sql = ['functions/analytics/project.ts', 'operate/analytics/reports.ts', 'operate/analytics/views.ts'];
    const models = ['functions/auditor/project.ts', 'functions/auditor/generations.ts'];
    const [ofSql, ofModels] = [closure(sql), closure(models)];
    const shared = [...ofSql].filter((file) => ofModels.has(file) && !file.startsWith('events/'));
    expect(shared).toEqual([]);
    expect(ofSql.size).toBeGreaterThan(sql.length);
    expect(ofModels.size).toBeGreaterThan(models.length);
  });
});

/** Everything that runs when these are imported. */
function closure(files: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { specifier, typeOnly } of parseSource(file, readFileSync(join(ROOT, file), 'utf8')).imports)
      if (!typeOnly && specifier?.startsWith('.')) visit(posix.join(posix.dirname(file), specifier));
  };
  for (const file of files) visit(file);
  return seen;
}

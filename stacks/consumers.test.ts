/** What a consumer that only watches may be, whoever wrote it (platform §6.8, §9.2, §11.4–11.5). */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, EVENT_NAMES } from '../events/catalogue.ts';
import { FACTS } from '../events/facts.ts';
import { CONSUMERS } from '../functions/shared/consumers.ts';
import { STANDING_SETTINGS } from '../functions/shared/function-settings.ts';
import { CONSUMER_PARTS } from './consumers.ts';
import { topology } from './topology.ts';
import { alarmsOf } from './topology-alarms.ts';
import { dashboardsOf } from './topology-dashboards.ts';
import { permissionsOf } from './topology-permissions.ts';
import { isBornEnabled } from './topology-rules.ts';

const PLACE = { env: 'prod', region: 'us-east-2', accountId: '000000000000', partition: 'aws' };
/** `functions/responder` holds three. */
const FOLDERS = [...STANDING_SETTINGS.map(({ name }) => name.replace(/^responder-.*/, 'responder')), 'shared'];

it('every folder of a function is one that stands, or one of these', () => {
  const folders = readdirSync(new URL('../functions', import.meta.url)).toSorted();
  expect(folders).toEqual([...new Set([...FOLDERS, ...CONSUMERS])].toSorted());
  expect(Object.keys(CONSUMER_PARTS).toSorted()).toEqual([...CONSUMERS].toSorted());
});

describe.each(CONSUMERS)('%s', (name) => {
  const spec = topology.functions.find((one) => one.name === name);
  if (spec === undefined) throw new Error(`${name} is not in the topology`);
  const rules = topology.rules.filter(({ target }) => target === name);

  it('has its folder, and lies in it', () => {
    expect(spec.entry).toBe(`functions/${name}/lambda.ts`);
    expect(existsSync(new URL(`../${spec.entry}`, import.meta.url))).toBe(true);
  });

  it('hears live facts by rules of its own name, and a backfill by their twins alone', () => {
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) {
      expect(rule.name.startsWith(`${name}-`)).toBe(true);
      expect([null, 'backfill']).toContain(rule.replayPurpose);
      expect(rule.pattern['replay-name']).toEqual(
        rule.replayPurpose === null ? [{ exists: false }] : [{ prefix: 'backfill-' }],
      );
    }
    expect(rules.filter(({ replayPurpose }) => replayPurpose === null)).toHaveLength(rules.length / 2);
  });

  it('hears what the facts archive keeps, so that a backfill brings what live facts brought', () => {
    const heard = CONSUMER_PARTS[name].rules.flatMap(({ hears }) =>
      hears === 'everything' ? EVENT_NAMES : hears.map(({ event }) => event),
    );
    expect(heard.filter((event) => !(FACTS as readonly string[]).includes(event))).toEqual([]);
  });

  it('states nothing, has no secret, and asks no vendor', () => {
    expect(EVENT_NAMES.filter((event) => (CATALOGUE[event].producers as readonly string[]).includes(name))).toEqual([]);
    expect(spec.secrets).toEqual([]);
    const actions = permissionsOf(spec, PLACE).flatMap((statement) => statement.actions);
    expect(actions.filter((action) => /^events:|^secretsmanager:|DeleteItem|Scan/.test(action))).toEqual([]);
  });

  it('writes of the tables its own claims and rows, and the time that a message waited for it', () => {
    const prefixes = topology.tables.flatMap((table) =>
      (table.grants[name] ?? []).map(({ prefix, access }) => `${table.name} ${prefix} ${access.join(' ')}`),
    );
    expect(prefixes.filter((one) => !one.startsWith(`read_models ${name}#`))).toEqual([
      `idempotency csm:${name}: read write`,
      'idempotency evt: write',
    ]);
  });

  it('is watched like every function', () => {
    const told = JSON.stringify([alarmsOf('prod'), dashboardsOf('prod')]);
    expect(told).toContain(`frontdesk-prod-${name}-failures`);
    expect(told).toContain(`frontdesk-prod-${name}-dlq`);
    expect(told).toContain(`"FunctionName":"frontdesk-prod-${name}"`);
  });

  it('is born switched off where nobody has looked at what it keeps, its twin never', () => {
    for (const rule of rules) {
      expect(isBornEnabled(rule, { isAnalysed: true })).toBe(true);
      expect(isBornEnabled(rule, { isAnalysed: false })).toBe(rule.replayPurpose !== null);
    }
  });
});

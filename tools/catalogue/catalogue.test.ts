/** Expectations: platform §11.1–11.4 and the declarations of the events; the formats by their own specifications (JSON Schema draft-07, AsyncAPI 3.0). */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import * as v from 'valibot';
import { afterAll, describe, expect, it } from 'vitest';
import { CATALOGUE, EVENT_NAMES } from '../../events/catalogue.ts';
import { Metadata } from '../../events/envelope.ts';
import { isSpecified } from '../../stacks/added.testing.ts';
import { DECLARATIONS } from '../../stacks/topology-rules.ts';
import { asyncApiDocument } from './asyncapi.ts';
import { consumersOf } from './consumers.ts';
import { exampleOf } from './example.ts';
import { catalogueFiles, exportCatalogue, replaceCatalogue } from './export.ts';
import { detailSchema } from './json-schema.ts';
import { jsonText } from './json-text.ts';
import { table } from './table.ts';

const COMMITTED = join(import.meta.dirname, '..', '..', 'docs', 'events');
const ERROR = 0;

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-catalogue-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function objections(document: unknown): Promise<string[]> {
  const diagnostics = await new Parser().validate(JSON.stringify(document));
  return diagnostics
    .filter(({ severity }) => severity === ERROR)
    .map(({ message, path }) => `${path.join('.')}: ${message}`);
}

describe('asyncApiDocument', () => {
  const document = () => asyncApiDocument(CATALOGUE, DECLARATIONS, '0.1.0');

  it('is AsyncAPI 3 to the official parser', async () => {
    expect(document().asyncapi).toBe('3.0.0');
    expect(await objections(document())).toEqual([]);
  });

  it('would be refused with a reference to nothing, and with a schema of an unknown type', async () => {
    const { ReplayStarted } = CATALOGUE;
    const small = () =>
      JSON.parse(JSON.stringify(asyncApiDocument({ ReplayStarted }, DECLARATIONS, '0.1.0'))) as ReturnType<
        typeof document
      >;
    expect(await objections(small())).toEqual([]);
    const dangling = small();
    Object.assign(dangling.operations['auditor-all-hears'] ?? {}, { channel: { $ref: '#/channels/nowhere' } });
    expect(await objections(dangling)).not.toEqual([]);
    const wrong = small();
    Object.assign(wrong.components.messages.ReplayStarted?.payload ?? {}, { type: 'fact' });
    expect(await objections(wrong)).not.toEqual([]);
  });

  it('names for each rule of ours what it hears, and for each function what it states', () => {
    const { operations } = document();
    const named = (operation: string) => operations[operation]?.messages.map(({ $ref }) => $ref.split('/').at(-1));
    // In the catalogue's order.
    expect(named('responder-settle-hears')).toEqual([
      'ReplyApproved',
      'ReplyDenied',
      'ReplyOutcomeUnclear',
      'MessageStalled',
    ]);
    expect(named('auditor-all-hears')).toEqual(EVENT_NAMES);
    expect(named('verify-states')).toEqual([
      'ReplyApproved',
      'ReplyDenied',
      'EscalationRaised',
      'CircuitOpened',
      'CircuitClosed',
      'RedactionFailed',
    ]);
    expect(named('auditor-states')).toBeUndefined();
    expect(named('flag-changes-hears')).toBeUndefined();
  });
});

describe('detailSchema', () => {
  it('says what the declaration says', () => {
    const { properties, required, additionalProperties, title, $id } = detailSchema(CATALOGUE.ReplayStarted);
    const instant = {
      type: 'string',
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
      format: 'date-time',
    };
    const name = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$' };
    expect([title, $id, required, additionalProperties]).toEqual([
      'ReplayStarted',
      'urn:frontdesk:event:ReplayStarted:1.0',
      ['metadata', 'data'],
      false,
    ]);
    expect(properties?.data).toEqual({
      type: 'object',
      properties: {
        name,
        purpose: { type: 'string', enum: ['recovery', 'rebuild', 'backfill'] },
        window: {
          type: 'object',
          properties: { from: instant, to: instant },
          required: ['from', 'to'],
          additionalProperties: false,
        },
        destinationRules: { type: 'array', items: name, maxItems: 20 },
      },
      required: ['name', 'purpose', 'window', 'destinationRules'],
      additionalProperties: false,
    });
  });

  it.each(EVENT_NAMES)('%s holds every shape it refers to', (name) => {
    const text = JSON.stringify(detailSchema(CATALOGUE[name]));
    const references = [...text.matchAll(/"#\/definitions\/(\w+)"/g)].map(([, shape]) => shape);
    const { definitions = {} } = detailSchema(CATALOGUE[name]);
    expect(new Set(references)).toEqual(new Set(Object.keys(definitions)));
  });
});

describe('exampleOf', () => {
  it.each(EVENT_NAMES)('%s is a whole fact that its producer could publish', (name) => {
    const { metadata, data } = exampleOf(CATALOGUE[name]);
    expect(v.is(Metadata, metadata)).toBe(true);
    expect(v.is(CATALOGUE[name].strict as v.GenericSchema, data)).toBe(true);
  });
});

describe('consumersOf', () => {
  it('reads hearers, conditions and replays from the consumers’ rules', () => {
    const declared = DECLARATIONS.filter(({ target }) => isSpecified(target));
    expect(consumersOf('ReplyApproved', declared)).toEqual([
      {
        function: 'responder-reply',
        rule: 'responder-reply',
        filter: { metadata: { replay: { name: [{ exists: false }] } } },
        replays: [],
      },
      {
        function: 'responder-settle',
        rule: 'responder-settle',
        filter: { metadata: { replay: { name: [{ exists: true }] } } },
        replays: ['recovery'],
      },
      { function: 'auditor', rule: 'auditor-all', filter: null, replays: ['rebuild'] },
      { function: 'analytics', rule: 'analytics-facts', filter: null, replays: ['backfill'] },
    ]);
  });

  it('a new consumer is on the page without any edit of the event', () => {
    const mine = {
      name: 'weather-facts',
      target: 'analytics',
      hears: [{ event: 'AuditSealed' }],
      retry: { maxAgeSeconds: 60, attempts: 1 },
      replay: [],
    } as const;
    expect(consumersOf('AuditSealed', [...DECLARATIONS, mine]).map(({ rule }) => rule)).toEqual([
      'auditor-all',
      'weather-facts',
    ]);
  });
});

describe('the generated pages', () => {
  it('in docs/events are what the generator writes', () => {
    const files = catalogueFiles();
    const committed = readdirSync(COMMITTED, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(COMMITTED.length + 1));
    expect(committed.sort()).toEqual([...files.keys()].sort());
    for (const [path, content] of files) expect(readFileSync(join(COMMITTED, path), 'utf8'), path).toBe(content);
  });

  it('are one for each event, say in the first line that they are generated, and are listed', () => {
    const files = catalogueFiles();
    const index = files.get('README.md') ?? '';
    const pages = [...files.keys()].filter(
      (path) => path.endsWith('.md') && !['README.md', 'shapes.md'].includes(path),
    );
    expect(pages).toHaveLength(34);
    for (const page of pages) {
      expect(files.get(page)?.split('\n')[0]).toContain('Generated by tools/catalogue.ts');
      expect(index).toContain(`](${page})`);
    }
  });

  it('have no link that leads nowhere', () => {
    const files = catalogueFiles();
    for (const [path, content] of files) {
      if (!path.endsWith('.md')) continue;
      for (const [, target = ''] of content.matchAll(/\]\(([^)#]+)[^)]*\)/g))
        expect(files.has(target), `${path} → ${target}`).toBe(true);
    }
  });

  it('are exported into any folder; replacing clears what no event stands behind', () => {
    const written = exportCatalogue(folder);
    expect(written).toContain('schemas/MessageReceived.json');
    expect(JSON.parse(readFileSync(join(folder, 'asyncapi.json'), 'utf8'))).toMatchObject({ asyncapi: '3.0.0' });
    writeFileSync(join(folder, 'long-gone.md'), 'x');
    exportCatalogue(folder);
    expect(readdirSync(folder)).toContain('long-gone.md');
    replaceCatalogue(folder);
    expect(readdirSync(folder)).not.toContain('long-gone.md');
  });
});

describe('jsonText', () => {
  it('keeps a list of plain values on one line up to 120 columns, and breaks anything else', () => {
    expect(jsonText({ a: [1, 'b'], c: [], d: {}, e: [{ f: null }] })).toBe(
      '{\n  "a": [1, "b"],\n  "c": [],\n  "d": {},\n  "e": [\n    {\n      "f": null\n    }\n  ]\n}\n',
    );
    // Three strings of 36: two brackets, six quotes, two times ", ": 120 columns in all.
    const filling = (length: number) => ['x'.repeat(length), 'x'.repeat(36), 'x'.repeat(36)];
    expect(jsonText(filling(36)).trimEnd().split('\n')).toHaveLength(1);
    expect(jsonText(filling(37)).trimEnd().split('\n')).toHaveLength(5);
  });
});

describe('table', () => {
  it('aligns columns and escapes what would end a cell', () => {
    expect(table(['a', 'long head'], [['`x|y`', 'z']])).toEqual([
      '| a      | long head |',
      '| ------ | --------- |',
      '| `x\\|y` | z         |',
    ]);
  });
});

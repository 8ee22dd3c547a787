/** Expectations: guide/style §4 (additive → minor; renamed, removed, narrowed → major), issue 1 of 8 §2 (compatibility gate). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, describe, expect, it } from 'vitest';
import type { Definition } from '../../events/catalogue.ts';
import { defineEvent } from '../../events/define-event.ts';
import { Code, Count, Flag, Instant, VendorId } from '../../events/fields.ts';
import type { AnySchema } from '../../events/schema.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { currentRelease, releasedEvent } from './current.ts';
import { complaintsAbout } from './gate.ts';
import { lastRelease, type Release, writeRelease } from './release.ts';

type Version = `${number}.${number}`;

/** The declaration every planted change starts from. */
const BASE = {
  colour: v.picklist(['red', 'green']),
  size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
  code: Code,
  seenAt: v.nullable(Instant),
  remark: v.optional(Code),
  ids: v.pipe(v.array(VendorId), v.minLength(1), v.maxLength(5)),
  inner: v.strictObject({
    first: Flag,
    rows: v.pipe(v.array(v.strictObject({ at: Instant, n: Count })), v.maxLength(3)),
  }),
  scores: v.record(v.picklist(['x', 'y']), Count),
} as const;

function releaseOf(
  version: Version,
  data: Record<string, AnySchema>,
  producers: Definition['producers'] = ['classify'],
): Release {
  const planted = defineEvent({
    name: 'PlantDried',
    version,
    producers,
    pii: 'L1',
    says: 'A plant was forgotten.',
    data,
    example: {} as never,
  });
  const { shapes } = currentRelease();
  return { version: '0.1.0', events: { PlantDried: releasedEvent(planted as unknown as Definition) }, shapes };
}

const last = releaseOf('1.0', BASE);
const complain = (version: Version, changed: Record<string, AnySchema>, producers?: Definition['producers']) =>
  complaintsAbout(last, releaseOf(version, changed, producers));
const without = (name: keyof typeof BASE) => Object.fromEntries(Object.entries(BASE).filter(([key]) => key !== name));

describe('an unchanged event', () => {
  it('may follow, with its version or a higher minor', () => {
    expect(complain('1.0', BASE)).toEqual([]);
    expect(complain('1.1', BASE)).toEqual([]);
    expect(complain('1.0', Object.fromEntries(Object.entries(BASE).reverse()))).toEqual([]);
  });
});

describe('a wider event wants a higher minor', () => {
  it.each([
    { what: 'a new optional field', changed: { ...BASE, extra: v.optional(Count) }, path: 'extra' },
    {
      what: 'a new optional field deep inside',
      changed: { ...BASE, inner: v.strictObject({ ...BASE.inner.entries, last: v.optional(Flag) }) },
      path: 'inner.last',
    },
    { what: 'one more value', changed: { ...BASE, colour: v.picklist(['red', 'green', 'blue']) }, path: 'colour' },
    {
      what: 'one more key of a record',
      changed: { ...BASE, scores: v.record(v.picklist(['x', 'y', 'z']), Count) },
      path: 'scores (key)',
    },
    {
      what: 'a looser upper limit',
      changed: { ...BASE, size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(11)) },
      path: 'size',
    },
    {
      what: 'a looser lower limit',
      changed: { ...BASE, ids: v.pipe(v.array(VendorId), v.maxLength(5)) },
      path: 'ids',
    },
  ])('$what', ({ changed, path }) => {
    const complaints = complain('1.0', changed);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(`PlantDried 1.0 → 1.0: "${path}"`);
    expect(complaints[0]).toContain('raise the minor to 1.1');
    expect(complain('1.1', changed)).toEqual([]);
    expect(complain('2.0', changed)).toEqual([]);
  });
});

describe('a breaking change wants a higher major', () => {
  it.each([
    { what: 'a removed field', changed: without('code'), path: 'code', says: 'is gone' },
    {
      what: 'a renamed field',
      changed: { ...without('code'), cipher: v.optional(Code) },
      path: 'code',
      says: 'is gone (renamed to cipher?)',
    },
    { what: 'a new required field', changed: { ...BASE, extra: Count }, path: 'extra', says: 'is new and required' },
    {
      what: 'an optional field that became required',
      changed: { ...BASE, remark: Code },
      path: 'remark',
      says: 'is required now',
    },
    {
      what: 'a required field that became optional',
      changed: { ...BASE, code: v.optional(Code) },
      path: 'code',
      says: 'may be absent now',
    },
    {
      what: 'one value less',
      changed: { ...BASE, colour: v.picklist(['red']) },
      path: 'colour',
      says: 'no longer takes green',
    },
    {
      what: 'a tighter limit',
      changed: { ...BASE, size: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(10)) },
      path: 'size',
      says: 'minimum was 1 and is 2',
    },
    {
      what: 'a shorter list',
      changed: { ...BASE, ids: v.pipe(v.array(VendorId), v.minLength(1), v.maxLength(4)) },
      path: 'ids',
      says: 'maxItems was 5 and is 4',
    },
    { what: 'another pattern', changed: { ...BASE, code: VendorId }, path: 'code', says: 'another pattern' },
    {
      what: 'null no longer allowed',
      changed: { ...BASE, seenAt: Instant },
      path: 'seenAt',
      says: 'was nullable and is string',
    },
    {
      what: 'null allowed',
      changed: { ...BASE, code: v.nullable(Code) },
      path: 'code',
      says: 'was string and is nullable',
    },
    { what: 'another type', changed: { ...BASE, code: Count }, path: 'code', says: 'was string and is integer' },
    {
      what: 'a change inside the items of a list',
      changed: {
        ...BASE,
        inner: v.strictObject({ first: Flag, rows: v.pipe(v.array(v.strictObject({ at: Instant })), v.maxLength(3)) }),
      },
      path: 'inner.rows[].n',
      says: 'is gone',
    },
    {
      what: 'a change inside the values of a record',
      changed: { ...BASE, scores: v.record(v.picklist(['x', 'y']), Flag) },
      path: 'scores{}',
      says: 'was integer and is boolean',
    },
    {
      what: 'a key less of a record',
      changed: { ...BASE, scores: v.record(v.picklist(['x']), Count) },
      path: 'scores (key)',
      says: 'no longer takes y',
    },
  ])('$what', ({ changed, path, says }) => {
    for (const version of ['1.0', '1.1'] as const) {
      const broken = complain(version, changed).filter((line) => line.includes('raise the major to 2.0'));
      expect(broken).toHaveLength(1);
      expect(broken[0]).toContain(`PlantDried 1.0 → ${version}: "${path}" ${says}`);
    }
    expect(complain('2.0', changed)).toEqual([]);
  });

  it('a producer that states it no longer is named', () => {
    expect(complain('1.1', BASE, ['verify'])).toEqual([expect.stringContaining('classify states it no longer')]);
    expect(complain('1.0', BASE, ['classify', 'verify'])).toEqual([]);
  });
});

describe('versions and events', () => {
  it('never go back', () => {
    expect(complaintsAbout(releaseOf('2.3', BASE), releaseOf('2.2', BASE))[0]).toContain('a version never goes back');
    expect(complaintsAbout(releaseOf('2.3', BASE), releaseOf('1.9', BASE))[0]).toContain('a version never goes back');
    // 1.10 comes after 1.9.
    expect(complaintsAbout(releaseOf('1.9', BASE), releaseOf('1.10', BASE))).toEqual([]);
  });

  it('an event that is gone is missed; a new one is welcome', () => {
    const none: Release = { ...last, events: {} };
    expect(complaintsAbout(last, none)).toEqual([
      expect.stringContaining('PlantDried was released in 0.1.0 and is gone'),
    ]);
    expect(complaintsAbout({ ...last, events: {} }, last)).toEqual([]);
  });
});

describe('the envelope', () => {
  const changed = (
    change: (metadata: { properties: Record<string, unknown>; required: string[] }) => void,
  ): Release => {
    const shapes = structuredClone(last.shapes);
    change(shapes.Metadata as never);
    return { ...last, shapes };
  };

  it('may grow by an optional field', () => {
    expect(
      complaintsAbout(
        last,
        changed(({ properties }) => Object.assign(properties, { region: { type: 'string' } })),
      ),
    ).toEqual([]);
  });

  it('loses nothing unless every event gets a new major', () => {
    const smaller = changed(({ properties, required }) => {
      delete properties.brandId;
      required.splice(required.indexOf('brandId'), 1);
    });
    expect(complaintsAbout(last, smaller)).toEqual([
      'envelope: "brandId" is gone: restore it, or raise the major of every event',
    ]);
    expect(complaintsAbout(last, { ...smaller, events: releaseOf('2.0', BASE).events })).toEqual([]);
  });
});

describe('shared shapes', () => {
  it('a change in one is a change of each event that refers to it', () => {
    const before = currentRelease();
    const shapes = structuredClone(before.shapes);
    expect(delete shapes.Decision?.properties?.reasonCodes).toBe(true);
    const complaints = complaintsAbout(before, { ...before, shapes });
    const named = new Set(complaints.map((line) => line.split(' ')[0]));
    for (const event of ['MessageClassified', 'ReplyApproved', 'ReplyDenied']) expect(named).toContain(event);
    expect(named).not.toContain('AuditSealed');
  });
});

describe('released files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-released-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('come back as they were written, the highest version first', () => {
    expect(lastRelease(join(folder, 'nowhere'))).toBeNull();
    const release = currentRelease();
    for (const version of ['0.2.0', '0.10.0', '0.9.1']) writeRelease(join(folder, version), { ...release, version });
    expect(lastRelease(folder)).toEqual(JSON.parse(JSON.stringify({ ...release, version: '0.10.0' })));
  });

  it('of the last release are followed by today’s events', () => {
    const released = lastRelease();
    expect(released?.version).toBe(packageFile.version);
    expect(released && complaintsAbout(released, currentRelease())).toEqual([]);
  });
});

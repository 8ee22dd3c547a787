/** What a backup says about itself; its first member. */
import * as v from 'valibot';
import { LABELS_FILE } from '../quality/labels.ts';

export const MANIFEST = 'manifest.json';
export const DATABASES = ['aws.sqlite', 'richpanel.sqlite'] as const;
/** The state of a folder, and what people said of it: everything else in it is made anew by the next start, or is a log. */
export const PARTS = [...DATABASES, LABELS_FILE] as const;

export const isDatabase = (name: string): boolean => DATABASES.some((database) => database === name);

export const Manifest = v.object({
  format: v.literal(1),
  release: v.string(),
  schema: v.pipe(v.number(), v.integer(), v.minValue(1)),
  takenAt: v.pipe(v.string(), v.isoTimestamp()),
  parts: v.pipe(
    v.array(
      v.object({ name: v.picklist(PARTS), bytes: v.number(), sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
    ),
    v.minLength(1),
  ),
});
export type Manifest = v.InferOutput<typeof Manifest>;

/** The door's gauges on this machine: metric lines (EMF) in the log of the functions. */
import { join } from 'node:path';
import * as v from 'valibot';
import { jsonOf, lineReader } from '../telemetry/lines.ts';
import { type DoorGauges, lastUsesOf, type Sample, useOf } from './door-gauges.ts';

const Numbers = v.optional(v.union([v.number(), v.array(v.number())]));
const Line = v.object({
  _aws: v.object({ Timestamp: v.number() }),
  'ingress.requests_total': Numbers,
  'ingress.auth_invalid_total': Numbers,
  'ingress.duplicates_total': Numbers,
  'ingress.publish_failed_total': Numbers,
  'ingress.auth_token_slot': Numbers,
});

/** The log is written four times a second. */
const LATE_MS = 1_000;

export function gaugesInLog(dataDir: string): DoorGauges {
  const samples: Sample[] = [];
  const read = lineReader(join(dataDir, 'functions.log'));
  const refresh = (): readonly Sample[] => {
    for (const line of read()) {
      const sample = sampleOf(line);
      if (sample !== null) samples.push(sample);
    }
    return samples;
  };
  return {
    since: async (from, keep) => useOf(refresh(), from, keep),
    lastUses: async (from, slots) => lastUsesOf(refresh(), from, slots),
    lateMs: LATE_MS,
  };
}

/** `null` for a line about something else. */
export function sampleOf(line: string): Sample | null {
  // Most lines are not about the door: they are not parsed.
  if (!line.includes('"ingress.')) return null;
  const parsed = v.safeParse(Line, jsonOf(line));
  if (!parsed.success) return null;
  const { _aws, ...metrics } = parsed.output;
  return {
    at: _aws.Timestamp,
    requests: sum(metrics['ingress.requests_total']),
    authFailures: sum(metrics['ingress.auth_invalid_total']),
    duplicates: sum(metrics['ingress.duplicates_total']),
    failed: sum(metrics['ingress.publish_failed_total']),
    slots: [...new Set(listOf(metrics['ingress.auth_token_slot']))],
  };
}

const listOf = (value: v.InferOutput<typeof Numbers>): readonly number[] => (value === undefined ? [] : [value].flat());
const sum = (value: v.InferOutput<typeof Numbers>): number => listOf(value).reduce((total, one) => total + one, 0);

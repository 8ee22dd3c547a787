/** Reads `pattern-cases.yaml`; its head says what the keys mean. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { parse } from 'yaml';

/** The fields of an event that a case sets; the rest is `ENVELOPE`. */
const Fields = v.strictObject({
  source: v.optional(v.string()),
  'detail-type': v.optional(v.string()),
  resources: v.optional(v.array(v.string())),
  'replay-name': v.optional(v.string()),
  detail: v.string(),
});

const texts = v.optional(v.array(v.string()), []);
const refused = v.optional(v.string());
const Case = v.union([
  v.strictObject({ field: v.string(), yes: texts, no: texts, refused }),
  v.strictObject({ detail: v.string(), yes: texts, no: texts, refused }),
  v.strictObject({
    pattern: v.string(),
    yes: v.optional(v.array(Fields), []),
    no: v.optional(v.array(Fields), []),
    refused,
  }),
]);
const Groups = v.array(v.strictObject({ group: v.string(), source: v.string(), cases: v.array(Case) }));

export type CaseEvent = v.InferOutput<typeof Fields>;

/** One pattern and what is to come of it: a verdict on one event, or a refusal. */
export type PatternCase = { readonly group: string; readonly pattern: string } & (
  | { readonly event: CaseEvent; readonly matches: boolean }
  | { readonly refusedFor: string }
);

/** All cases of the file, in its order. */
export function patternCases(): PatternCase[] {
  const file = new URL('./pattern-cases.yaml', import.meta.url);
  return v.parse(Groups, parse(readFileSync(file, 'utf8'))).flatMap(({ group, cases }) =>
    cases.flatMap((one): PatternCase[] => {
      const pattern = patternOf(one);
      const { yes, no } = eventsOf(one);
      const verdicts = (events: readonly CaseEvent[], matches: boolean) =>
        events.map((event) => ({ group, pattern, event, matches }));
      if (one.refused !== undefined) return [{ group, pattern, refusedFor: one.refused }];
      return [...verdicts(yes, true), ...verdicts(no, false)];
    }),
  );
}

function patternOf(one: v.InferOutput<typeof Case>): string {
  if ('pattern' in one) return one.pattern;
  return `{"detail":${'field' in one ? `{"x":${one.field}}` : one.detail}}`;
}

function eventsOf(one: v.InferOutput<typeof Case>): { yes: CaseEvent[]; no: CaseEvent[] } {
  if ('pattern' in one) return { yes: one.yes, no: one.no };
  const detail = (text: string) => ({ detail: 'field' in one ? withField(text) : text });
  return { yes: one.yes.map(detail), no: one.no.map(detail) };
}

const withField = (value: string) => (value === '-' ? '{"other":1}' : `{"x":${value}}`);

const ENVELOPE = {
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'Case',
  source: 'cases',
  account: '000000000000',
  time: '2026-01-31T09:30:00Z',
  region: 'us-east-2',
  resources: [],
};

/** The whole event as JSON text, the detail as the case writes it. */
export function eventText({ detail, ...fields }: CaseEvent): string {
  return `${JSON.stringify({ ...ENVELOPE, ...fields }).slice(0, -1)},"detail":${detail}}`;
}

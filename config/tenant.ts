/**
 * `config/tenant.yaml`: what is known about the real workspace, items V1–V15 of replies §8. Written by `npx frontdesk tenant
 * verify`, read at start-up; holds answers, instants and counts, never anything of a person. Unanswered means no.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { parse } from 'yaml';
import { isOutsized } from './document.ts';

export const TENANT_ITEMS = [
  'V1',
  'V2',
  'V3',
  'V4',
  'V5',
  'V6',
  'V7',
  'V8',
  'V9',
  'V10',
  'V11',
  'V12',
  'V13',
  'V14',
  'V15',
] as const;
export type TenantItem = (typeof TENANT_ITEMS)[number];

/** The questions in the words of replies §8. */
export const TENANT_QUESTIONS: Readonly<Record<TenantItem, string>> = {
  V1: 'Is an HTTP Target usable in a Tagging Rule?',
  V2: 'Can rules be ordered, and does skip-rest end with its own list?',
  V3: 'Does an HTTP Target send custom headers?',
  V4: 'Does the JSON template escape quotes, newlines, emoji and {{?',
  V5: 'Can the webhook carry a stable message id?',
  V6: 'Is the linked order returned, {} when none, an array when several, and never a wrong one?',
  V7: 'Are tracking, shipping method and creation date filled?',
  V8: 'Does a closed ticket reopen on the customer’s reply, on both channels, and call the rule again?',
  V9: 'Does the customer see our reply, by e-mail and in the live chat, from the bot’s seat?',
  V10: 'Does the condition “tag does not contain” exist?',
  V11: 'Does adding tags take names, create unknown ones, and repeat without harm?',
  V12: 'Can teams and tags be listed?',
  V13: 'Does the order carry an e-mail address to compare?',
  V14: 'Does a field tell agent, bot and customer apart?',
  V15: 'Is a private operator comment invisible to the customer?',
};

/** `inconclusive`: asked and not settled; `unknown`: not asked. Both count as no. */
const Verdict = v.picklist(['yes', 'no', 'inconclusive', 'unknown']);
export type Verdict = v.InferOutput<typeof Verdict>;

const word = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern), v.maxLength(40));
const Name = word(/^[a-z][A-Za-z0-9]*$/);
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const TenantAnswer = v.strictObject({
  answer: Verdict,
  checkedAt: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  /** Why it is not settled, as a code. */
  why: v.optional(word(/^[a-z][a-z0-9_]*$/)),
  /** Channels or fields that were asked about one by one. */
  parts: v.optional(v.record(Name, Verdict)),
  evidence: v.optional(v.record(Name, Count)),
});
export type TenantAnswer = v.InferOutput<typeof TenantAnswer>;

const Tenant = v.strictObject({
  schema: v.literal(1),
  /** Origin of the workspace that was asked; the answers hold for no other. */
  workspace: v.nullable(v.pipe(v.string(), v.url(), v.maxLength(200))),
  answers: v.strictObject(
    Object.fromEntries(TENANT_ITEMS.map((item) => [item, TenantAnswer])) as Record<TenantItem, typeof TenantAnswer>,
  ),
});
export type Tenant = v.InferOutput<typeof Tenant>;
export type TenantAnswers = Readonly<Record<TenantItem, TenantAnswer>>;

export type ParsedTenant =
  | { readonly ok: true; readonly tenant: Tenant }
  | { readonly ok: false; readonly problem: string; readonly cure: string };

const CURE = 'restore config/tenant.yaml with git, then run `npx frontdesk tenant verify`';

export function unansweredTenant(): Tenant {
  const answers = Object.fromEntries(TENANT_ITEMS.map((item) => [item, { answer: 'unknown' }]));
  return { schema: 1, workspace: null, answers: answers as Tenant['answers'] };
}

/** Values are never repeated in a problem. */
export function parseTenant(text: string): ParsedTenant {
  if (isOutsized(text)) return { ok: false, problem: 'it is too large', cure: CURE };
  let read: unknown;
  try {
    // A warning would quote the file.
    read = parse(text, { logLevel: 'error' });
  } catch {
    return { ok: false, problem: 'it is not readable as YAML', cure: CURE };
  }
  const parsed = v.safeParse(Tenant, read);
  if (parsed.success) return { ok: true, tenant: parsed.output };
  const key = v.getDotPath(parsed.issues[0]) ?? '';
  return { ok: false, problem: key === '' ? 'it holds something else' : `${key} is not what it should be`, cure: CURE };
}

/** A file that is not there has answered nothing. */
export function readTenantFile(path: string): ParsedTenant {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isAbsent
      ? { ok: true, tenant: unansweredTenant() }
      : { ok: false, problem: 'it cannot be read', cure: CURE };
  }
  return parseTenant(text);
}

/** Whole or not at all: written aside and renamed. */
export function writeTenantFile(path: string, tenant: Tenant): void {
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, tenantText(tenant));
  renameSync(aside, path);
}

const HEAD = [
  '# What is known about the real workspace: items V1-V15 of the reply specification (docs/connect-richpanel.md).',
  '# Written by `npx frontdesk tenant verify`; it gates flags at start-up. "unknown" and "inconclusive" count as no.',
  '',
].join('\n');

export function tenantText({ schema, workspace, answers }: Tenant): string {
  const rows = TENANT_ITEMS.map((item) => `  # ${TENANT_QUESTIONS[item]}\n  ${item}: ${flow(answers[item])}\n`);
  return `${HEAD}schema: ${schema}\nworkspace: ${JSON.stringify(workspace)}\nanswers:\n${rows.join('')}`;
}

/** One line of YAML; every string in quotes, since a bare `no` is a boolean to many readers. */
function flow(value: object): string {
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(
      ([name, field]) =>
        `${name}: ${typeof field === 'object' && field !== null ? flow(field) : JSON.stringify(field)}`,
    );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

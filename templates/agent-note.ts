/** The internal note that tells an agent what Frontdesk did with a message (replies §7.5); customers never see it. */
import * as v from 'valibot';
import { ACTIONS } from '../events/decision.ts';
import { Code, Confidence, Intent, ReasonCode, TagName, Team, TemplateId } from '../events/fields.ts';
import { bodyHash, expand, parseBody } from './body.ts';
import { looksPersonal } from './detectors.ts';
import { AGENT_NOTE } from './generated/agent-note.ts';
import { lengthOf } from './variables.ts';

/** What a note may say: codes, names of our own lists, and one sentence of ours. No identifier, no customer text. */
const AgentNoteFields = v.strictObject({
  intent: Intent,
  /** 0..1; `null` where no classifier was asked. */
  confidence: v.nullable(Confidence),
  action: v.picklist(ACTIONS),
  templateId: v.nullable(TemplateId),
  team: v.nullable(Team),
  orderLinked: v.boolean(),
  missingFields: v.array(Code),
  errorCode: v.nullable(Code),
  /** The deciding one. */
  reasonCode: v.nullable(ReasonCode),
  /** What a person does next, as one plain sentence without figures. */
  nextStep: v.pipe(v.string(), v.regex(/^[\p{L}][\p{L}’',.;:() –-]{0,199}$/u)),
  /** Our own tags only. */
  tags: v.array(TagName),
});
export type AgentNoteFields = Readonly<v.InferOutput<typeof AgentNoteFields>>;

/** A note, or the name of the field that has no place in one; `body` where the text itself is not the pinned one. */
export type RenderedNote =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly field: keyof AgentNoteFields | 'body' };

/** Renders the whole note or nothing. */
export function renderAgentNote(fields: AgentNoteFields): RenderedNote {
  const checked = v.safeParse(AgentNoteFields, fields);
  if (!checked.success) return { ok: false, field: refusedField(checked.issues[0]) };
  if (looksPersonal(checked.output.nextStep)) return { ok: false, field: 'nextStep' };
  const parsed = parseBody(AGENT_NOTE.body);
  if (!parsed.ok || bodyHash(AGENT_NOTE.body) !== AGENT_NOTE.sha256) return { ok: false, field: 'body' };
  const text = expand(parsed.nodes, valuesOf(checked.output))?.text;
  const isWhole = text !== undefined && lengthOf(text) <= AGENT_NOTE.maxChars && !/\{\{|\}\}|<[^>]*>/.test(text);
  return isWhole ? { ok: true, text } : { ok: false, field: 'body' };
}

const FIELD_NAMES = Object.keys(AgentNoteFields.entries) as (keyof AgentNoteFields)[];

function refusedField(issue: v.BaseIssue<unknown>): keyof AgentNoteFields | 'body' {
  return FIELD_NAMES.find((name) => name === issue.path?.[0]?.key) ?? 'body';
}

function valuesOf(fields: AgentNoteFields): Map<string, string> {
  const all: readonly (readonly [string, string | null])[] = [
    ['intent', fields.intent],
    ['confidence', fields.confidence === null ? null : fields.confidence.toFixed(2)],
    ['action', fields.action],
    ['template_id', fields.templateId],
    ['reason_code', fields.reasonCode],
    ['team', fields.team],
    ['order_linked', fields.orderLinked ? 'yes' : 'no'],
    ['missing_fields', listed(fields.missingFields)],
    ['error_code', fields.errorCode],
    ['tags', listed(fields.tags)],
    ['next_step', fields.nextStep],
  ];
  return new Map(all.filter((entry): entry is [string, string] => entry[1] !== null));
}

function listed(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.join(', ');
}

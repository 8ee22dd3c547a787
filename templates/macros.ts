/** The agents' copies of the templates, and how the macros of a workspace differ from them (replies §6). */
import type { TemplateId } from '../events/words.ts';
import { expand, parseBody } from './body.ts';
import { looksPersonal } from './detectors.ts';
import type { Template, TemplateLibrary } from './library.ts';
import { linksIn } from './links.ts';
import { bannedIn } from './phrases.ts';
import { similarity } from './similarity.ts';

/** A macro as the helpdesk holds it. */
export type Macro = { readonly name: string; readonly text: string };

export type MacroText = Macro & {
  readonly templateId: TemplateId;
  /** The nine static intakes that agents get first. */
  readonly isFirstBatch: boolean;
  /** Frontdesk never sends it. */
  readonly isForAgentsOnly: boolean;
};

type Added = 'promise' | 'link' | 'address';

export type MacroDrift = {
  readonly name: string;
  readonly templateId: TemplateId | null;
  readonly state: 'equal' | 'wording' | 'diverged' | 'missing' | 'unexpected AUTO';
  /** 0..1; `null` where there is nothing to compare. */
  readonly similarity: number | null;
  /** What the workspace's copy says that ours does not; anything here blocks the next release of templates. */
  readonly adds: readonly Added[];
};

/** A macro that is no copy of ours and holds what no agent should send. */
export type FlaggedMacro = { readonly name: string; readonly findings: readonly string[] };

export type MacroComparison = { readonly macros: readonly MacroDrift[]; readonly flagged: readonly FlaggedMacro[] };

const FIRST_BATCH: ReadonlySet<TemplateId> = new Set([
  't_order_status_ask_order_number',
  't_delivered_not_received_intake',
  't_missing_items_intake',
  't_wrong_item_intake',
  't_damaged_item_intake',
  't_return_request_intake',
  't_exchange_request_intake',
  't_refund_request_intake',
  't_technical_support_intake',
]);

/** Placeholders that Richpanel fills itself; their exact names are checked in the workspace. */
const OF_RICHPANEL: ReadonlyMap<string, string> = new Map([
  ['first_name', '%First Name%'],
  ['order_id', '%Order Name%'],
]);
/** What an agent has to fill in by hand. */
const BLANK = '___';
const SAME_WORDING = 0.9; // replies §6

/** The static text of each macro: the e-mail body without what may be missing. */
export function macroTexts({ templates }: TemplateLibrary): MacroText[] {
  return templates.flatMap((template) => {
    const { meta } = template;
    const text = agentCopy(template);
    if (meta.macro === null || text === undefined) return [];
    const isForAgentsOnly = !Object.values(meta.channels).includes('auto');
    return [{ name: meta.macro, text, templateId: meta.id, isFirstBatch: FIRST_BATCH.has(meta.id), isForAgentsOnly }];
  });
}

function agentCopy({ meta, variants }: Template): string | undefined {
  const body = variants.find(({ variant }) => variant === 'email')?.body ?? variants[0]?.body;
  const parsed = body === undefined ? undefined : parseBody(body);
  if (parsed?.ok !== true) return undefined;
  const shown = [...meta.vars.required, ...meta.vars.optional.filter((name) => name === 'first_name')];
  return expand(parsed.nodes, new Map(shown.map((name) => [name, OF_RICHPANEL.get(name) ?? BLANK])))?.text;
}

/** Compares an export of the workspace's macros with ours, in the order of the library, what is not ours last. */
export function compareMacros(ours: readonly MacroText[], exported: readonly Macro[]): MacroComparison {
  const theirs = new Map(exported.map((macro) => [nameKey(macro.name), macro]));
  const known = new Set(ours.map(({ name }) => nameKey(name)));
  const others = exported.filter(({ name }) => !known.has(nameKey(name)));
  const isAuto = ({ name }: Macro) => nameKey(name).startsWith('auto:');
  const unexpected = others
    .filter(isAuto)
    .map(({ name }): MacroDrift => ({ name, templateId: null, state: 'unexpected AUTO', similarity: null, adds: [] }));
  return {
    macros: [...ours.map((one) => driftOf(one, theirs.get(nameKey(one.name)))), ...unexpected],
    flagged: others
      .filter((macro) => !isAuto(macro))
      .map((macro) => ({ name: macro.name, findings: findingsIn(macro) }))
      .filter(({ findings }) => findings.length > 0),
  };
}

function driftOf({ name, text, templateId }: MacroText, theirs: Macro | undefined): MacroDrift {
  if (theirs === undefined) return { name, templateId, state: 'missing', similarity: null, adds: [] };
  const [want, have] = [plainWords(text), plainWords(theirs.text)];
  if (want === have) return { name, templateId, state: 'equal', similarity: 1, adds: [] };
  const alike = similarity(want, have);
  const state = alike >= SAME_WORDING ? 'wording' : 'diverged';
  return { name, templateId, state, similarity: Math.round(alike * 100) / 100, adds: addedTo(text, theirs.text) };
}

function addedTo(ours: string, theirs: string): Added[] {
  const before = new Set(bannedIn(ours));
  const checks: readonly [Added, boolean][] = [
    ['promise', bannedIn(theirs).some((label) => !before.has(label))],
    ['link', linksIn(theirs).length > 0 || /%[^%\n]*\burl%/i.test(theirs)],
    ['address', looksPersonal(theirs) || /%[^%\n]*address[^%\n]*%/i.test(theirs)],
  ];
  return checks.filter(([, isAdded]) => isAdded).map(([what]) => what);
}

/** Without placeholders, blanks, signature and the spacing that they leave. */
function plainWords(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .trimEnd()
    .replace(/\n\s*(?:—|–|--) ?[^\n]{0,80}$/, '')
    .replace(/%[^%\n]{1,60}%|_{3,}/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.:;?!)])/g, '$1')
    .replace(/\(\s+/g, '(')
    .trim();
}

/** Names are typed by people: case, dashes and spacing do not make another macro. */
function nameKey(name: string): string {
  return name.normalize('NFC').replace(/[–—]/g, '-').replace(/\s+/g, ' ').trim().toLowerCase();
}

const SUSPECT: readonly (readonly [string, RegExp])[] = [
  ['INSERT ADDRESS', /insert address/i],
  ['XXXX', /X{4,}/i],
  ['an address field', /%[^%\n]*address[^%\n]*%/i],
];

function findingsIn({ name, text }: Macro): string[] {
  // A feedback macro adds tags and never sends text.
  if (nameKey(name).startsWith('mw feedback:')) return text.trim() === '' ? [] : ['text in a feedback macro'];
  return [
    ...SUSPECT.filter(([, pattern]) => pattern.test(text)).map(([label]) => label),
    ...bannedIn(text).map((label) => `“${label}”`),
  ];
}

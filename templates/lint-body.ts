/** Lint rules about the words of a body (replies §1.9). */
import type { TagFault } from './body.ts';
import { blocksOf, parseBody, placeholdersOf } from './body.ts';
import { hasEmail, hasPhone } from './detectors.ts';
import type { Finding, LintRule } from './findings.ts';
import { finding } from './findings.ts';
import { linksIn } from './links.ts';
import type { SourceTemplate, SourceVariant } from './load.ts';
import { bannedIn } from './phrases.ts';
import { isVarName, VARIABLES } from './variables.ts';

/** What the rules look at: any text with a place on disk, the agent note included. */
export type LintedText = Pick<SourceVariant, 'body' | 'file' | 'bodyLine'>;
type WordRule = (text: LintedText) => Finding[];
type BodyRule = (variant: SourceVariant, template: SourceTemplate) => Finding[];

/** Line of the file for a line of the body, both counted from 1. */
function at(rule: LintRule, { file, bodyLine }: LintedText, line: number, problem: string, cure: string): Finding {
  return finding(rule, file, bodyLine + line - 1, problem, cure);
}

/** A rule that looks at one line at a time, tags taken out. */
function perLine(rule: LintRule, cure: string, look: (line: string) => readonly string[]): WordRule {
  return (variant) =>
    variant.body
      .split('\n')
      .flatMap((line, index) =>
        look(line.replace(/\{\{[^{}]*\}\}/g, '')).map((problem) => at(rule, variant, index + 1, problem, cure)),
      );
}

/** Names of the patterns a line matches. */
function named(patterns: Readonly<Record<string, RegExp | ((line: string) => boolean)>>): (line: string) => string[] {
  return (line) =>
    Object.entries(patterns)
      .filter(([, test]) => (test instanceof RegExp ? test.test(line) : test(line)))
      .map(([name]) => `has ${name}`);
}

/** TL03: every placeholder is declared, every required one used, every optional one inside its presence block. */
export function lintPlaceholders(
  text: LintedText,
  { required, optional }: { readonly required: readonly string[]; readonly optional: readonly string[] },
): Finding[] {
  const parsed = parseBody(text.body);
  if (!parsed.ok) return [];
  const used = placeholdersOf(parsed.nodes);
  const undeclared = [...used, ...blocksOf(parsed.nodes)].filter(
    ({ name }) => !required.includes(name) && !optional.includes(name),
  );
  const exposed = used.filter(({ name, block }) => optional.includes(name) && block !== name);
  // A required variable inside another's block is not there when the block is not.
  const isUsed = (name: string) =>
    used.some((place) => place.name === name && (place.block === undefined || place.block === name));
  return [
    ...undeclared.map(({ name, line }) =>
      at('TL03', text, line, `uses {{${name}}}, which is not declared`, 'Declare it in template.yaml or remove it.'),
    ),
    ...exposed.map(({ name, line }) =>
      at(
        'TL03',
        text,
        line,
        `uses the optional {{${name}}} outside its block`,
        `Put it between {{#${name}}} and {{/${name}}}.`,
      ),
    ),
    ...required
      .filter((name) => !isUsed(name))
      .map((name) => at('TL03', text, 1, `never uses the required {{${name}}}`, 'Use it or declare it optional.')),
  ];
}

const declared: BodyRule = (variant, { meta }) => lintPlaceholders(variant, meta.vars);

/** TL04, the body half. */
const tierOfPlaceholders: BodyRule = (variant, { meta }) => {
  const parsed = parseBody(variant.body);
  if (!parsed.ok || meta.tier === 2) return [];
  const places = [...placeholdersOf(parsed.nodes), ...blocksOf(parsed.nodes)];
  return places
    .filter(({ name }) => meta.tier === 0 || (isVarName(name) && VARIABLES[name].tier > meta.tier))
    .map(({ name, line }) =>
      at(
        'TL04',
        variant,
        line,
        `shows {{${name}}} at Tier ${meta.tier}`,
        'Remove it: order facts are for Tier 2, and Tier 0 shows nothing.',
      ),
    );
};

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

const literals = perLine(
  'TL07',
  'Use a variable, or say it without.',
  named({
    'a literal URL': (line) => linksIn(line).length > 0,
    'a literal domain': /(?<![\p{L}\p{N}@./-])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?![\p{L}\p{N}])/u,
    'an e-mail address': hasEmail,
    'a phone number': (line) => hasPhone(line) || /(?<!\d)\d{3}[-. ]\d{4}(?!\d)/.test(line),
    'a handle': /(?<![\p{L}\p{N}._%+'-])@[\p{L}\p{N}_]+/u,
    'a price': /[$€£¥]\s?\d|\d\s?[$€£¥]|\b\d+(?:[.,]\d+)?\s?(?:usd|eur|gbp|dollars?|euros?|pounds?|cents?|bucks)\b/i,
    'a percentage': /\d\s?%|\bper\s?cent\b/i,
    'a date': new RegExp(
      `\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4}\\b|\\b${MONTH}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?\\b|\\b\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}\\b`,
      'i',
    ),
  }),
);

const junk = perLine(
  'TL08',
  'Write the real words or use a variable.',
  named({
    INSERT: /\bINSERT\b/,
    XXXX: /X{4,}/i,
    TODO: /\bTODO\b/i,
    TBD: /\bTBD\b/i,
    'an angle-bracket placeholder': /<[^>]*>/,
    'a %Name% placeholder': /%\p{L}[\p{L}\p{N}_ ]*%/u,
    'a square-bracket placeholder': /\[[^\]]*\]/,
    'lorem ipsum': /lorem\s+ipsum/i,
  }),
);

/** TL09, read over line ends: a phrase may be broken between two lines. */
const banned: WordRule = (variant) =>
  bannedIn(variant.body.replace(/\{\{[^{}]*\}\}/g, ' ')).map((label) => {
    const line = variant.body.split('\n').findIndex((text) => bannedIn(text).includes(label)) + 1 || 1;
    return at(
      'TL09',
      variant,
      line,
      `has the banned phrase “${label}”`,
      'Say it without a commitment, a claim or a hint at automation.',
    );
  });

/** TL10: the customer can always reach a person by replying. */
const humanPath: BodyRule = (variant, { meta }) =>
  meta.tier === 0 || /\breply\b/i.test(variant.body)
    ? []
    : [at('TL10', variant, 1, 'names no way to reach a person', 'Add a sentence that asks for or offers a reply.')];

/** TL11: whoever writes about a charge is told to keep card numbers to themselves. */
const cardWarning: BodyRule = (variant, { meta }) =>
  !meta.intents.includes('billing_issue') ||
  /\bnever send (?:us )?(?:your )?(?:full )?card numbers?\b/i.test(variant.body)
    ? []
    : [at('TL11', variant, 1, 'lacks the warning about card numbers', 'Add “never send full card numbers”.')];

const ALLOWED_CHARACTER = /[\x20-\x7E\p{L}\p{M}’“”–—…]/u;

const characters: WordRule = (variant) =>
  variant.body.split('\n').flatMap((line, index) => {
    const strange = [...line].filter((character) => !ALLOWED_CHARACTER.test(character));
    const codes = [...new Set(strange)].map(
      (character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
    );
    return [
      ...codes.map((code) =>
        at('TL16', variant, index + 1, `has the character ${code}`, 'Use letters, ASCII and ’ “ ” – — … only.'),
      ),
      ...(line.length > 400
        ? [at('TL16', variant, index + 1, 'has a line of more than 400 characters', 'Break it into shorter lines.')]
        : []),
    ];
  });

const FAULTS: Readonly<Record<TagFault['fault'], readonly [problem: string, cure: string]>> = {
  syntax: ['has a tag that is neither {{name}} nor a presence block', 'Use {{name}}, {{#name}} and {{/name}} only.'],
  nested: ['has a block inside a block', 'Close the outer block first.'],
  unclosed: ['has a block that is not closed', 'Add its closing tag.'],
  unopened: ['closes a block that is not open', 'Remove the tag or open its block before it.'],
};

const tags: WordRule = (variant) => {
  const parsed = parseBody(variant.body);
  return parsed.ok ? [] : parsed.faults.map(({ line, fault }) => at('TL17', variant, line, ...FAULTS[fault]));
};

const SECRET =
  /\bcard numbers?\b|\bcv[vc]2?\b|\bpass(?:word|code|phrase)s?\b|\bsecurity code\b|\bdate of birth\b|\bbirth ?da(?:y|te)\b|\bbank (?:account|details?|data)\b|\biban\b|\b(?:routing|account|sort) (?:number|code)\b/i;
const WARNS = /\b(?:never|do not|don['’]t)\s+(?:send|share|include|post|give|tell)\b/i;

/** TL20: a sentence may name a secret only to say that it must not be sent. */
const secrets: WordRule = (variant) =>
  variant.body
    .split('\n')
    .flatMap((line, index) =>
      line.split(/[.!?;]/).some((sentence) => SECRET.test(sentence) && !WARNS.test(sentence))
        ? [at('TL20', variant, index + 1, 'asks for a secret', 'Never ask for card, bank, password or birth data.')]
        : [],
    );

/** Rules that hold for every text of ours, whoever reads it. */
const WORD_RULES: readonly WordRule[] = [literals, junk, banned, characters, tags, secrets];
const BODY_RULES: readonly BodyRule[] = [declared, tierOfPlaceholders, humanPath, cardWarning];

export function lintWords(text: LintedText): Finding[] {
  return WORD_RULES.flatMap((rule) => rule(text));
}

export function lintBodies(templates: readonly SourceTemplate[]): Finding[] {
  return templates.flatMap((template) =>
    template.variants.flatMap((variant) => [
      ...lintWords(variant),
      ...BODY_RULES.flatMap((rule) => rule(variant, template)),
    ]),
  );
}

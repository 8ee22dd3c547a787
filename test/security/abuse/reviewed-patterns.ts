/** Patterns that may take more than linear time: what bounds the text that meets them, and what they are tried with. */

export type Review = {
  readonly file: string;
  /** How the pattern begins: enough to tell it from the others of its file. */
  readonly begins: string;
  /** Characters of the longest text that meets it. */
  readonly most: number;
  readonly why: string;
  /** Repeated up to `most`, besides what `scslre` itself names. */
  readonly attacks?: readonly string[];
};

/** Platform §4.3: no model, and none of our own judges, reads more of a message. */
const MESSAGE = 8_000;
const readsLine = 'a line of a message, its white space collapsed';
const readsMessage = 'a message, cut at 8,000 characters before it is read';
/** A line of a settings file, an argument or an address that the operator wrote. */
const OPERATOR = 1_000;
/** Templates are written by us, reviewed and built in; a reply is far below this. */
const TEMPLATE = 4_000;
const ownTemplate = 'a template of ours, read while it is built, or the reply made of it';

const PATH_ENDS = [
  'functions/shared/helpdesk/live-http.ts',
  'functions/shared/live-environment.ts',
  'functions/shared/openai/base-url.ts',
  'local/workspace/settings.ts',
  'operate/tenant/guide.ts',
] as const;

export const REVIEWED: readonly Review[] = [
  ...PATH_ENDS.map((file) => ({
    file,
    begins: String.raw`\/+$`,
    most: OPERATOR,
    why: 'an address that the operator gave',
  })),
  { file: 'local/aws/eventbridge/event-text.ts', begins: '0+$', most: MESSAGE, why: 'a number in a fact of ours' },
  {
    file: 'operate/backup/archive-file.ts',
    begins: String.raw`[\0 ].*$`,
    most: 512,
    why: 'a field of an archive’s header',
  },
  {
    file: 'operate/flags/values.ts',
    begins: String.raw`^[^\s@,]+@`,
    most: OPERATOR,
    why: 'an argument of the operator',
  },
  { file: 'policy/embedded/tokens.ts', begins: '[$£€]', most: MESSAGE, why: readsMessage, attacks: ['1.', '1,'] },
  { file: 'policy/embedded/tokens.ts', begins: String.raw`\d+(?:`, most: MESSAGE, why: readsMessage },
  {
    file: 'policy/embedded/tokens.ts',
    begins: String.raw`\b[a-z0-9]*\d`,
    most: MESSAGE,
    why: readsMessage,
    attacks: ['0aaaaaaaaa'],
  },
  { file: 'policy/text/history.ts', begins: String.raw`^\s*-{2,}`, most: MESSAGE, why: readsLine },
  { file: 'policy/text/history.ts', begins: String.raw`^\s*(?:on|el|le`, most: MESSAGE, why: readsLine },
  {
    file: 'policy/text/language.ts',
    begins: String.raw`\S*@\S*|`,
    most: MESSAGE,
    why: readsMessage,
    attacks: ['w.', '@', '1a'],
  },
  { file: 'policy/text/normalise.ts', begins: '!+$', most: MESSAGE, why: 'a run of signs out of a message' },
  {
    file: 'policy/text/order-numbers.ts',
    begins: String.raw`(?<![\p{L}\p{N}])(?:orders?`,
    most: MESSAGE,
    why: readsMessage,
    attacks: ['order ', 'order number is '],
  },
  {
    file: 'policy/text/order-numbers.ts',
    begins: String.raw`^\s*(?:,|and`,
    most: MESSAGE,
    why: 'what follows an order number in a message',
  },
  { file: 'policy/text/redact/url.ts', begins: '[.,;:!?)', most: MESSAGE, why: 'a link out of a message' },
  { file: 'templates/agent-note.ts', begins: String.raw`\{\{|`, most: TEMPLATE, why: ownTemplate },
  { file: 'templates/body.ts', begins: String.raw`\n+$`, most: TEMPLATE, why: ownTemplate },
  { file: 'templates/body.ts', begins: String.raw`[ \t]+$`, most: TEMPLATE, why: ownTemplate },
  { file: 'templates/detectors.ts', begins: String.raw`[\p{L}\p{N}._%+'-]+@`, most: TEMPLATE, why: ownTemplate },
  { file: 'templates/links.ts', begins: '(?:[a-z][a-z0-9+.-]*', most: TEMPLATE, why: ownTemplate, attacks: ['.w'] },
  { file: 'templates/lint-body.ts', begins: '<[^>]*>', most: TEMPLATE, why: ownTemplate },
  { file: 'templates/lint-body.ts', begins: String.raw`\[[^\]]*\]`, most: TEMPLATE, why: ownTemplate },
  { file: 'templates/macros.ts', begins: String.raw`\n\s*(?:—`, most: TEMPLATE, why: ownTemplate },
  { file: 'templates/macros.ts', begins: String.raw`\s+([,.:;?!)])`, most: TEMPLATE, why: ownTemplate },
];

/** Files that make patterns of text only when they are asked to: where that text comes from. */
export const MADE_AT_RUN_TIME: Readonly<Record<string, string>> = {
  'config/schema.ts':
    'shapes of parcel numbers in the operator’s configuration; those of the shipped one are tried below',
  'events/privacy.ts': 'a pattern of an event’s field again, while the catalogue is checked',
  'local/aws/eventbridge/input.ts': 'one of two fixed words between fixed text',
  'local/aws/eventbridge/letter-case.ts': 'an escaped word of a rule pattern',
  'local/sandbox/faults/rules.ts': 'a fault rule of whoever tests against the sandbox on this machine',
  'policy/orders/tracking-links.ts': 'shapes of parcel numbers in the operator’s configuration',
};

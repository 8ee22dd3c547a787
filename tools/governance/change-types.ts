/** The kinds of change there are, whose they are, what proves them, and which files make one (platform §9.2). Declared here alone. */
import type { GateId } from './gates.ts';

export const RISKS = ['low', 'medium', 'high'] as const;
export type Risk = (typeof RISKS)[number];

export const ROLES = {
  EO: 'Engineering Owner: code, gates, reliability, models, prompts, secrets, rollbacks',
  SO: 'Support Ops Owner: copy, macros, team mapping, meaning of the taxonomy',
  QO: 'Quality/Eval Owner: golden set, labelling, triage, calibration',
  SP: 'Security/Privacy Reviewer: authentication, logging, personal data, vendor payloads',
  LA: 'Leadership Approver: policy and accepting risk',
} as const;
export type Role = keyof typeof ROLES;

export type ChangeType = {
  readonly name: string;
  readonly risk: Risk;
  readonly accountable: readonly Role[];
  readonly consulted: readonly Role[];
  readonly gates: readonly GateId[];
  /** `*` within a folder, `**` across folders; `+` before it: only where the file is new. */
  readonly paths: readonly string[];
  /** Sections of config/frontdesk.yaml. */
  readonly settings?: readonly string[];
};

const ALWAYS = ['checks', 'tests', 'review'] as const satisfies readonly GateId[];

export const CHANGE_TYPES = {
  'template-copy': {
    name: 'Template copy',
    risk: 'medium',
    accountable: ['SO'],
    consulted: ['QO'],
    gates: [...ALWAYS, 'rendering', 'smoke'],
    paths: ['templates/*/*.md'],
    settings: ['brand'],
  },
  'template-variables': {
    name: 'Template variables, renderer',
    risk: 'high',
    accountable: ['SO', 'EO'],
    consulted: ['SP'],
    gates: [...ALWAYS, 'rendering', 'smoke'],
    paths: ['templates/*/template.yaml', 'templates/*.ts'],
    settings: ['hosts'],
  },
  'template-switch': {
    name: 'Enable or disable a template, flag default',
    risk: 'medium',
    accountable: ['EO'],
    consulted: ['SO'],
    gates: [...ALWAYS, 'watch'],
    paths: ['events/flags.ts', 'stacks/topology-flags.ts'],
  },
  'new-template': {
    name: 'New template id',
    risk: 'high',
    accountable: ['SO'],
    consulted: ['EO', 'QO'],
    gates: [...ALWAYS, 'rendering', 'evaluation', 'smoke', 'staged'],
    paths: ['+templates/*/template.yaml'],
  },
  threshold: {
    name: 'Threshold, gate or other rule of policy',
    risk: 'high',
    accountable: ['EO'],
    consulted: ['QO', 'SO'],
    gates: [...ALWAYS, 'evaluation', 'staged'],
    paths: ['policy/**'],
    settings: ['limits', 'business', 'transit_map', 'preorder_products'],
  },
  prompt: {
    name: 'Prompt',
    risk: 'high',
    accountable: ['EO'],
    consulted: ['QO', 'SP'],
    gates: [...ALWAYS, 'evaluation', 'recordings', 'staged'],
    paths: ['functions/shared/classifier/openai/prompt/**', 'functions/shared/verifier/openai/prompt.ts'],
  },
  taxonomy: {
    name: 'Taxonomy, intent, team map',
    risk: 'high',
    accountable: ['SO'],
    consulted: ['EO', 'QO'],
    gates: [...ALWAYS, 'labels', 'evaluation', 'staged'],
    paths: ['events/words.ts', 'policy/intents.ts', 'policy/matrix.ts', 'policy/route.ts', 'policy/tag*.ts'],
    settings: ['teams', 'intents'],
  },
  schema: {
    name: 'Schema of an event or of the model’s answer',
    risk: 'high',
    accountable: ['EO'],
    consulted: [],
    gates: [...ALWAYS, 'compatibility', 'staged'],
    paths: [
      'events/**',
      'functions/shared/classifier/openai/*.ts',
      'functions/shared/verifier/openai/verdict.ts',
      'functions/shared/openai/strict-schema.ts',
    ],
  },
  integration: {
    name: 'Integration, authentication, permissions, infrastructure',
    risk: 'high',
    accountable: ['EO'],
    consulted: ['SP'],
    gates: [...ALWAYS, 'simulation', 'stacks', 'privileges', 'smoke'],
    paths: [
      'functions/ingest/**',
      'functions/shared/{aws,helpdesk,openai,orders,secrets,stage}/**',
      'functions/shared/verifier/openai/openai.ts',
      'functions/shared/capabilities.ts',
      'functions/shared/live-*.ts',
      'stacks/**',
      'sst.config.ts',
      '.github/workflows/**',
    ],
    settings: ['webhook', 'tenant'],
  },
  model: {
    name: 'Model or its settings',
    risk: 'high',
    accountable: ['EO'],
    consulted: ['QO', 'SO', 'SP'],
    gates: [...ALWAYS, 'evaluation', 'recordings', 'staged'],
    paths: [
      'functions/shared/openai/request.ts',
      'functions/shared/openai/moderation.ts',
      'policy/embedded/**',
      'policy/screen-learned/**',
      'policy/versions.ts',
    ],
    settings: ['models', 'prices'],
  },
  logging: {
    name: 'Logging, retention, redaction',
    risk: 'high',
    accountable: ['EO'],
    consulted: ['SP'],
    gates: [...ALWAYS, 'privacy'],
    paths: [
      'functions/shared/{audit,telemetry,vault}/**',
      'functions/shared/restricted.ts',
      'functions/shared/store/tables.ts',
      'functions/shared/times.ts',
      'policy/text/redact/**',
      'events/privacy.ts',
      'stacks/topology-{archives,stage}.ts',
    ],
  },
  consumer: {
    name: 'New consumer on the bus',
    risk: 'medium',
    accountable: ['EO'],
    consulted: ['SP'],
    gates: [...ALWAYS, 'stacks', 'privileges', 'replay'],
    paths: ['+functions/*/rules.ts', '+functions/*/*/rules.ts'],
  },
  replay: {
    name: 'Replay policy, targets of rules',
    risk: 'high',
    accountable: ['EO'],
    consulted: ['SP'],
    gates: [...ALWAYS, 'simulation', 'replay', 'drill'],
    paths: [
      'functions/*/rules.ts',
      'functions/*/*/rules.ts',
      'functions/shared/rules.ts',
      'stacks/topology-{archives,rules}.ts',
      'operate/{replay,recovery}/**',
    ],
  },
  code: {
    name: 'Code of the product that is none of these',
    risk: 'medium',
    accountable: ['EO'],
    consulted: [],
    gates: [...ALWAYS, 'simulation'],
    // Whatever no other row names: see `touchedTypes`.
    paths: [],
  },
} as const satisfies Record<string, ChangeType>;

export type ChangeTypeId = keyof typeof CHANGE_TYPES;
export const CHANGE_TYPE_IDS = Object.keys(CHANGE_TYPES) as ChangeTypeId[];

export const changeType = (id: ChangeTypeId): ChangeType => CHANGE_TYPES[id];

/** Where the product is; what else changes (pages, tests, tools) needs no type. */
export const PRODUCT = [
  'bin/**',
  'config/**',
  'events/**',
  'functions/**',
  'local/**',
  'operate/**',
  'policy/**',
  'stacks/**',
  'templates/**',
  '.github/workflows/**',
  'sst.config.ts',
  'Dockerfile',
  'package.json',
  'package-lock.json',
];

/** In the product's folders, and not run by it. */
export const NO_PRODUCT = [
  '**/*.test.ts',
  '**/*testing.ts',
  '**/testdata/**',
  '**/testdata*/**',
  '**/fixtures/**',
  '**/README.md',
  '**/biome.json',
];

/** Has sections of its own kinds. */
export const SETTINGS_FILE = 'config/frontdesk.yaml';

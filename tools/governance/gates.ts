/** What must have been shown before a change goes live (platform §9.2, decisions §8.6). */

export type Gate = {
  readonly says: string;
  /** What proves it on any machine; `null` for what people do in a stage. */
  readonly command: string | null;
};

export const GATES = {
  checks: { says: 'types, lint, templates, contract, generated files, packages, secrets', command: 'npm run check' },
  tests: { says: 'every test of a commit', command: 'npm test' },
  evaluation: {
    says: 'golden, adversarial and multi-intent rows: H1–H11, no Tier 0 miss',
    command: 'npm run eval -- --gate',
  },
  recordings: {
    says: 'recorded answers of the model are those of this prompt',
    command: 'npm run eval -- --classifier openai',
  },
  compatibility: {
    says: 'event schemas against the last release',
    command: 'node bin/launch.js tools/compatibility.ts',
  },
  rendering: {
    says: 'templates: render, tier and wording rules',
    command: 'node bin/launch.js tools/templates-lint.ts',
  },
  simulation: {
    says: 'property suite: duplicates, disorder, crashes, replays',
    command: 'npm run simulate -- --conversations 500',
  },
  stacks: {
    says: 'the graph that a deploy would create, and its assertions',
    command: 'npm run test:full -- --only stacks-graph',
  },
  privileges: {
    says: 'no function can do more than its ports need',
    command: 'node bin/launch.js tool vitest run test/privileges',
  },
  privacy: {
    says: 'marked personal data through the whole system, scanned everywhere',
    command: 'npm run test:full -- --only canary-run',
  },
  drill: { says: 'every table lost and rebuilt, nothing sent', command: 'npx frontdesk drill' },
  replay: { says: 'replays reach twins alone', command: 'npm run test:full -- --only rebuild' },
  review: { says: 'read and approved by the accountable and the consulted roles', command: null },
  labels: { says: 'labelled by two people, adjudicated, next golden version', command: null },
  smoke: { says: 'smoke pack in staging (docs/deploy.md)', command: null },
  staged: { says: 'staging for 24–72 h, then one channel or template, then all', command: null },
  watch: { says: '24 h watch in production', command: null },
} as const satisfies Record<string, Gate>;

export type GateId = keyof typeof GATES;

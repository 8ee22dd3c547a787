/** Which environment variables functions read: by the source of ours, by the text of the bundles, and by what really happens. */
import { execFile } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Node, parseSync, Visitor } from 'oxc-parser';
import { isTestCode } from '../architecture/areas.ts';

/** A read in our own code: where, and what; `whole` where the environment is handed on. */
export type Read = { readonly file: string; readonly name: string };

/** As the environment is called where it is handed on. */
const HANDED_ON: ReadonlySet<string> = new Set(['variables', 'env', 'environment']);
const AREAS = ['config', 'events', 'functions', 'policy', 'templates'];

export function readsInSources(root: string): Read[] {
  return globSync(
    AREAS.map((area) => `${area}/**/*.ts`),
    { cwd: root },
  )
    .filter((file) => !isTestCode(file))
    .sort()
    .flatMap((file) => readsIn(file, readFileSync(join(root, file), 'utf8')));
}

export function readsIn(file: string, source: string): Read[] {
  const { program } = parseSync(file, source);
  const reads: Read[] = [];
  const ofMembers = new Set<Node>();
  new Visitor({
    MemberExpression(node) {
      const { object, property, computed } = node;
      if (isProcessEnvironment(object)) {
        ofMembers.add(object);
        reads.push({ file, name: property.type === 'Identifier' && !computed ? property.name : 'computed' });
      } else if (isProcessEnvironment(node)) {
        if (!ofMembers.has(node)) reads.push({ file, name: 'whole' });
      } else if (
        isHandedOn(object) &&
        property.type === 'Identifier' &&
        !computed &&
        /^[A-Z][A-Z0-9_]+$/.test(property.name)
      )
        reads.push({ file, name: property.name });
    },
  }).visit(program);
  return reads;
}

const isHandedOn = (node: Node): boolean => node.type === 'Identifier' && HANDED_ON.has(node.name);

function isProcessEnvironment(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'process' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'env'
  );
}

/** Names in the text of a bundle, packages included: what is read of an `env`, and what looks like a variable of a package we use. */
export function namesInText(text: string): string[] {
  const read = [...text.matchAll(/\benv\.([A-Za-z_]\w*)/g)];
  const named = [...text.matchAll(/["'`]((?:AWS|POWERTOOLS|OPENAI|OTEL|FRONTDESK|LAMBDA|NODE)_[A-Z0-9_]+)["'`]/g)];
  return [...new Set([...read, ...named].map(([, name = '']) => name))].sort();
}

/** One that a bundle reads while it loads and runs. Nothing answers the function, so every client looks for all its settings. */
export async function namesReadBy(file: string, payload: unknown, folder: string): Promise<string[]> {
  const script = join(folder, 'reads.mjs');
  writeFileSync(script, RECORDER);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script, pathToFileURL(file).href, JSON.stringify(payload)],
    { env: ON_LAMBDA, maxBuffer: 16 * 1024 * 1024 },
  );
  const line = stdout.split('\n').findLast((one) => one.startsWith(MARK)) ?? '';
  return JSON.parse(line.slice(MARK.length)) as string[];
}

const MARK = 'names read: ';
/** Long enough for a client's first attempt, of which the settings are found before it fails. */
const RUN_MS = 3_000;
const NOWHERE = 'http://127.0.0.1:9';
const ON_LAMBDA = {
  AWS_REGION: 'us-east-2',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_ENDPOINT_URL: NOWHERE,
  AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:9',
  FRONTDESK_ENV: 'dev',
  POWERTOOLS_SERVICE_NAME: 'test',
  POWERTOOLS_METRICS_NAMESPACE: 'Frontdesk',
};

const RECORDER = `
const names = new Set();
const note = (name) => typeof name === 'string' && names.add(name);
process.env = new Proxy({ ...process.env }, {
  get: (all, name) => (note(name), all[name]),
  has: (all, name) => (note(name), name in all),
  getOwnPropertyDescriptor: (all, name) => (note(name), Reflect.getOwnPropertyDescriptor(all, name)),
  ownKeys: (all) => (names.add('all of them'), Reflect.ownKeys(all)),
});
const [, , href, payload] = process.argv;
const { handler } = await import(href);
const end = () => {
  process.stdout.write('\\n${MARK}' + JSON.stringify([...names].sort()) + '\\n', () => process.exit(0));
};
setTimeout(end, ${RUN_MS});
await handler(JSON.parse(payload), { awsRequestId: 'req-1' }).catch(() => {});
end();
`;

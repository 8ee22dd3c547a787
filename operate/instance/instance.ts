/** The running instance behind a data folder: whoever holds its lock, and what it wrote down about itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { AUTH_METHODS } from '../../events/auth-methods.ts';
import { holderOf } from '../../local/platform/lock.ts';
import { INSTANCE_FILE } from '../../local/platform/ready-file.ts';
import { type Context, DEFAULT_FOLDER } from '../context.ts';
import { Failure } from '../failure.ts';

/** What the command line needs of the ready object (interfaces §1). */
const Instance = v.object({
  schema: v.literal(1),
  pid: v.number(),
  version: v.string(),
  consoleUrl: v.string(),
  webhookUrl: v.string(),
  webhookHeader: v.optional(v.string(), 'x-richpanel-webhook-token'),
  webhookToken: v.optional(v.string(), ''),
  webhookAuth: v.optional(v.picklist(AUTH_METHODS)),
  awsEndpoint: v.string(),
  region: v.string(),
  busName: v.string(),
  richpanelUrl: v.string(),
  richpanelKey: v.string(),
  startedAt: v.string(),
  timeScale: v.optional(v.number(), 1),
  classifier: v.optional(v.literal('openai')),
  bundled: v.optional(v.boolean(), false),
  /** `false` where a real workspace is worked for; `richpanelUrl` is its address then. */
  sandbox: v.optional(v.boolean(), true),
});
export type Instance = v.InferOutput<typeof Instance>;

/** `null` when nothing runs on the folder; throws when something does and does not say where. */
export function findInstance({ dataDir, dataDirGiven }: Pick<Context, 'dataDir' | 'dataDirGiven'>): Instance | null {
  const pid = holderOf(dataDir);
  if (pid === null) return null;
  const instance = readInstance(join(dataDir, INSTANCE_FILE));
  if (instance === null || instance.pid !== pid) {
    throw new Failure(
      'starting',
      `process ${pid} holds ${dataDirGiven} and is starting or stopping`,
      'wait until `npm start` has printed its banner, or has ended, then try again',
    );
  }
  return instance;
}

/** The running instance, or exit code 1 with the one line that starts it. */
export function requireInstance(context: Context): Instance {
  const instance = findInstance(context);
  if (instance === null) throw notRunning(context);
  return instance;
}

function notRunning({ dataDirGiven }: Context): Failure {
  const where = dataDirGiven === DEFAULT_FOLDER ? '' : ` and \`-- --data ${dataDirGiven}\``;
  return new Failure('not_running', 'not running', `start with \`npm start\`${where}`);
}

/** `frontdesk-local` → `local`. */
export function stageOf({ busName }: Pick<Instance, 'busName'>): string {
  return busName.replace(/^frontdesk-/, '');
}

function readInstance(file: string): Instance | null {
  try {
    const parsed = v.safeParse(Instance, JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

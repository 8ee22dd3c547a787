/** `console`: the console's page for a deployed stage, on this machine, for who has credentials of it or comes through the sign-in. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openStageConsole } from '../console/console.ts';
import type { SignIn } from '../console/http/sign-in.ts';
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { placeOf } from '../instance/place.ts';
import { businessZone } from '../shop.ts';

export type ConsoleCommandOptions = {
  readonly port: string;
  readonly signInHeader?: string;
  readonly signInSecretFile?: string;
};

/** Shorter ones are guessed. */
const LEAST_SECRET_CHARS = 32;

/** Runs until it is told to stop. @param isStopped  resolves with that; SIGINT and SIGTERM unless told */
export async function consoleOfStage(
  context: Context,
  options: ConsoleCommandOptions,
  isStopped: () => Promise<void> = untilSignal,
): Promise<Answer> {
  if (context.target === 'local')
    throw misuse(
      'stage_needed',
      'the console of this machine comes with `npm start`',
      'open the link that `npm start` printed, or name a stage: --target aws --stage prod',
    );
  const { env } = placeOf(context);
  const signIn = signInOf(options);
  const token = randomBytes(24).toString('hex');
  const { dataDir, dataDirGiven, target, stage, variables } = context;
  const page = await openStageConsole({
    port: portOf(options.port),
    token,
    settings: { dataDir, dataDirGiven, target, stage, variables },
    about: { stage: env, zone: businessZone(variables).name },
    signIn,
  }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new Failure('port_in_use', `port ${options.port} is in use`, 'name another --port, or 0 for a free one', 2);
    throw error;
  });
  try {
    context.tell(
      signIn === null
        ? `console of ${env}: ${page.url}/?token=${token}`
        : `console of ${env}: ${page.url}, for the proxy that names people in ${signIn.header}`,
    );
    await isStopped();
  } finally {
    await page.close();
  }
  return { value: { stage: env, url: page.url, stopped: true }, text: 'stopped' };
}

function signInOf({ signInHeader, signInSecretFile }: ConsoleCommandOptions): SignIn | null {
  if (signInHeader === undefined && signInSecretFile === undefined) return null;
  if (signInHeader === undefined || signInSecretFile === undefined)
    throw misuse(
      'half_a_sign_in',
      '--sign-in-header and --sign-in-secret-file belong together',
      'give both, or neither for yourself on this machine',
    );
  if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(signInHeader))
    throw misuse('invalid_header', 'this is no name of a header', 'name one such as X-Auth-Request-Email');
  let secret: string;
  try {
    secret = readFileSync(signInSecretFile, 'utf8').trim();
  } catch {
    throw misuse('unreadable_secret', `${signInSecretFile} cannot be read`, 'name the file with the shared secret');
  }
  if (secret.length < LEAST_SECRET_CHARS)
    throw misuse(
      'short_secret',
      `the shared secret is shorter than ${LEAST_SECRET_CHARS} characters`,
      'make one with `openssl rand -hex 32`',
    );
  return { header: signInHeader, secret };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw misuse('invalid_port', '--port takes a port', 'write --port 4410');
  return port;
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

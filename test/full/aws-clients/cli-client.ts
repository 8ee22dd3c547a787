/** The AWS CLI, unmodified: every call is a command as an operator types it. */
import { spawn } from 'node:child_process';
import type { Answer, Client, Input } from './step.ts';
import { REFUSED } from './step.ts';

/** Where Debian's package puts it; what else is called `aws` on the PATH may be another version. */
export const DEBIAN_CLI = '/usr/bin/aws';

export type CommandRun = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** How the CLI learns where the endpoint is. */
export type Pointing = 'flag' | 'variable';

/** Nothing of the user's own configuration gets in. */
const SETTINGS = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
};

export function awsCommand(
  program: string,
  place: { readonly endpoint: string; readonly region: string; readonly pointing: Pointing },
): (args: readonly string[]) => Promise<CommandRun> {
  const { endpoint, region, pointing } = place;
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    ...SETTINGS,
    AWS_DEFAULT_REGION: region,
    ...(pointing === 'variable' && { AWS_ENDPOINT_URL: endpoint }),
  };
  const where = pointing === 'flag' ? ['--endpoint-url', endpoint] : [];
  return (args) => run(program, [...where, ...args], env);
}

/** `aws-cli/2.9.19 …` → `2.9.19`. Throws the cure when there is no such program. */
export async function cliVersion(program: string): Promise<string> {
  const { code, stdout } = await run(program, ['--version'], { PATH: process.env.PATH ?? '', ...SETTINGS });
  const version = /^aws-cli\/(\S+)/.exec(stdout)?.[1];
  if (code !== 0 || version === undefined) {
    throw new Error(`${program} is missing or broken: apt-get install -y awscli`);
  }
  return version;
}

/** AWS_ENDPOINT_URL came with 2.13; version 1 (tried: 1.45) does not apply it to SQS. */
export function honoursVariable(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 13);
}

export function cliClient(title: string, command: ReturnType<typeof awsCommand>): Client {
  return {
    kind: 'cli',
    title,
    async call(service, operation, input) {
      return answerOf(await command([service, kebab(operation), ...argumentsOf(input)]));
    },
    close() {},
  };
}

function argumentsOf(input: Input): string[] {
  return Object.entries(input).flatMap(([name, value]) => {
    const flag = kebab(name);
    if (typeof value === 'boolean') return [value ? `--${flag}` : `--no-${flag}`];
    if (value instanceof Date) return [`--${flag}`, value.toISOString()];
    return [`--${flag}`, typeof value === 'string' ? value : JSON.stringify(value)];
  });
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

function answerOf({ code, stdout, stderr }: CommandRun): Answer {
  if (code === 0) return { ok: true, output: stdout.trim() === '' ? {} : JSON.parse(stdout, withoutNull) };
  const name = /An error occurred \(([^)]+)\)/.exec(stderr)?.[1];
  const isRefusal = code === REFUSED && name !== undefined;
  return { ok: false, error: isRefusal ? name : `exit ${code}`, detail: stderr.trim() };
}

/** The CLI's own paginator prints `"ConsumedCapacity": null` where the answer has none. */
function withoutNull(this: unknown, _key: string, value: unknown): unknown {
  return value ?? undefined;
}

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<CommandRun> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error) => resolve({ code: null, stdout, stderr: error.message }));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

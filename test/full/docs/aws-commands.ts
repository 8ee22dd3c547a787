/**
 * Asks the AWS CLI itself, without an account or a network, whether it takes the `aws` commands of the pages: service, operation,
 * options, their types and what must be given.
 *
 *   node bin/launch.js test/full/docs/aws-commands.ts [PROGRAM]
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../local/platform/release.ts';
import { commandsOf } from '../../docs/told.ts';

/** They ask no operation of AWS by its name, so the CLI cannot make a sample of it. */
const OWN_COMMANDS = ['--version', 'configure', 's3', 'sso'];

/** The discard port, on which nobody listens: a command that gets as far as to ask it was taken. */
const NOWHERE = 'http://127.0.0.1:9';

type Asked = { readonly page: string; readonly line: number; readonly words: readonly string[] };

const program = process.argv[2] ?? 'aws';
const asked = pages().flatMap((page): Asked[] =>
  commandsOf(readFileSync(join(ROOT, page), 'utf8')).flatMap(({ line, words }) => {
    const own = wordsOfAws(words);
    return own === null || OWN_COMMANDS.includes(own[0] ?? '') ? [] : [{ page, line, words: own }];
  }),
);
const objections: string[] = [];
const open = [...asked];
await Promise.all(Array.from({ length: availableParallelism() }, worker));
for (const objection of objections.sort()) process.stderr.write(`${objection}\n`);
process.stdout.write(
  `${asked.length} commands of the AWS CLI on ${pages().length} pages, ${objections.length} not taken\n`,
);
process.exitCode = objections.length === 0 && asked.length > 0 ? 0 : 1;

function pages(): string[] {
  return (
    readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      // For the endpoint of this machine; test/full/aws-clients runs it.
      .filter((name) => name !== 'aws-clients.md')
      .map((name) => join('docs', name))
      .sort()
  );
}

/** Also within a loop or a function of the shell; `null` where no service and operation are named. */
function wordsOfAws(words: readonly string[]): string[] | null {
  const at = words.indexOf('aws');
  const isCommand = at === 0 || ['do', '{', 'then'].includes(words[at - 1] ?? '');
  const own = words.slice(at + 1).filter((word) => word !== '}');
  return at === -1 || !isCommand || own.length < 2 ? null : own;
}

async function worker(): Promise<void> {
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const says = await objectionTo(one.words);
    if (says !== null) objections.push(`${one.page}:${one.line} aws ${one.words.join(' ')}: ${says}`);
  }
}

function objectionTo(words: readonly string[]): Promise<string | null> {
  const given = words
    .filter((word, index) => word !== '--profile' && words[index - 1] !== '--profile')
    .map((word) =>
      word.startsWith('file://') ? `file://${join(ROOT, 'docs/aws/scp-guardrails.json')}` : standIn(word),
    );
  const child = spawn(program, [...given, '--endpoint-url', NOWHERE, '--cli-connect-timeout', '2'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      AWS_ACCESS_KEY_ID: 'nobody',
      AWS_SECRET_ACCESS_KEY: 'nobody',
      AWS_DEFAULT_REGION: 'us-east-2',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
      AWS_PAGER: '',
    },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', () => {
      const wasTaken = said.includes('Could not connect to the endpoint URL');
      done(wasTaken ? null : (said.trim().split('\n').at(-1) ?? 'it says nothing'));
    });
  });
}

/** Something that the reader, or the shell, fills in; the CLI asks for lengths and types. */
function standIn(word: string): string {
  if (/toISOString|^\$\((since|ago) /.test(word)) return '2026-01-31T09:30:00Z';
  if (/^\$\(node -p /.test(word)) return '1769851800000';
  return word
    .replaceAll(/[A-Z]+_ACCOUNT/g, '111111111111')
    .replaceAll(/\$\d/g, 'AnyNameOfTwentyLettersOrMore')
    .replaceAll('$REGION', 'us-east-2')
    .replaceAll('$TRAIL_BUCKET', 'a-bucket')
    .replaceAll(/\$\([^)]*\)|SUBSTITUTED|\$\w+/g, 'o-0123456789abcdef0123456789abcdef');
}

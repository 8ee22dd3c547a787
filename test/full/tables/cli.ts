/**
 * Our engine and dynalite, both on disk: called in this process, and through the AWS SDK over HTTP from here to a server in its own
 * process, by 1 and by 16 at a time. Tells requests a second, and the processor time one takes where the engine runs, which
 * another load on the machine disturbs least. `cli.ts [seconds a figure]`; fails unless ours takes at most half of dynalite's
 * processor time in-process, in every kind.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { openDatabase } from '../../../local/aws/database.ts';
import { openDynaliteEngine } from '../../../local/aws/dynamodb/dynalite-engine.ts';
import { openOwnEngine } from '../../../local/aws/dynamodb/own-engine.ts';
import { CREATE_TABLE, ITEMS, KINDS, type Kind, type Load, load } from './load.ts';

type Ask = (request: Load) => Promise<unknown>;
type EngineName = 'own' | 'dynalite';
type Figure = { readonly perSecond: number; readonly microseconds: number };
type Figures = Readonly<Record<Kind, Figure>>;
/** Processor time used so far by the process with the engine, in microseconds. */
type Clock = () => Promise<number>;

const SECONDS = Number(process.argv[2] ?? 3);
const TIMES_FASTER = 2;

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-tables-'));
try {
  const own = await measured('own');
  const dynalite = await measured('dynalite');
  for (const way of Object.keys(own) as (keyof typeof own)[]) {
    for (const kind of KINDS) {
      const [ours, theirs] = [own[way][kind], dynalite[way][kind]];
      process.stdout.write(`${way} ${kind}: own ${shown(ours)}, dynalite ${shown(theirs)}\n`);
      if (way === 'in-process' && ours.microseconds * TIMES_FASTER > theirs.microseconds) process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function shown({ perSecond, microseconds }: Figure): string {
  return `${Math.round(perSecond)}/s at ${Math.round(microseconds)} µs`;
}

async function ownTime(): Promise<number> {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function measured(engine: EngineName) {
  return {
    'in-process': await inProcess(engine),
    'over HTTP, 1 at a time': await overHttp(engine, 1),
    'over HTTP, 16 at a time': await overHttp(engine, 16),
  };
}

async function inProcess(name: EngineName): Promise<Figures> {
  const [account, region] = ['000000000000', 'us-east-2'];
  if (name === 'own') {
    const database = openDatabase(join(folder, 'own.sqlite'));
    const engine = openOwnEngine({ database, accountId: account, region, now: Date.now });
    await engine.run('CreateTable', CREATE_TABLE);
    const figures = await allKinds(({ operation, input }) => engine.run(operation, input), 1, ownTime);
    database.close();
    return figures;
  }
  const engine = await openDynaliteEngine(join(folder, 'dynalite'), account, region);
  await engine.run('CreateTable', structuredClone(CREATE_TABLE));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const figures = await allKinds(({ operation, input }) => engine.run(operation, input), 1, ownTime);
  await engine.close();
  return figures;
}

async function overHttp(name: EngineName, atOnce: number): Promise<Figures> {
  const child = fork(join(import.meta.dirname, 'server.ts'), [name, mkdtempSync(join(folder, 'http-'))]);
  const [endpoint] = await once(child, 'message');
  const client = new DynamoDB({
    endpoint: String(endpoint),
    region: 'us-east-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  await client.createTable(structuredClone(CREATE_TABLE) as never);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const serverTime = async () => {
    child.send('time');
    const [microseconds] = await once(child, 'message');
    return Number(microseconds);
  };
  const figures = await allKinds((request) => send(client, request), atOnce, serverTime);
  client.destroy();
  child.disconnect();
  await once(child, 'exit');
  return figures;
}

function send(client: DynamoDB, { operation, input }: Load): Promise<unknown> {
  switch (operation) {
    case 'PutItem':
      return client.putItem(input as never);
    case 'GetItem':
      return client.getItem(input as never);
    case 'UpdateItem':
      return client.updateItem(input as never);
    case 'Query':
      return client.query(input as never);
    default:
      return operation satisfies never;
  }
}

async function allKinds(ask: Ask, atOnce: number, clock: Clock): Promise<Figures> {
  for (let turn = 0; turn < ITEMS; turn += 1) await ask(load('put', turn));
  const figures: [Kind, Figure][] = [];
  for (const kind of KINDS) figures.push([kind, await figureOf(kind, ask, atOnce, clock)]);
  return Object.fromEntries(figures) as Figures;
}

async function figureOf(kind: Kind, ask: Ask, atOnce: number, clock: Clock): Promise<Figure> {
  const usedBefore = await clock();
  const began = performance.now();
  const until = began + SECONDS * 1_000;
  let done = 0;
  const one = async () => {
    while (performance.now() < until) {
      done += 1;
      await ask(load(kind, done));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const perSecond = done / ((performance.now() - began) / 1_000);
  return { perSecond, microseconds: ((await clock()) - usedBefore) / done };
}

/** The run: a stage of its own, conversations with canaries in two halves, and a scan of all that it keeps and says. */
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpack } from '../../../operate/backup/archive-file.ts';
import { frontdesk } from '../../../operate/instance/testing.ts';
import { STAND_IN_KEY } from '../../openai-stand-in/server.ts';
import { freePortBase, startProduct } from '../../processes/product.ts';
import { commandAnswers, consoleAnswers, listen, type Said } from './answers.ts';
import { MARKS } from './marks.ts';
import { breakHelpdesk, mendHelpdesk, oddWebhooks, REFUSED, UNREADABLE, unreadableEvent } from './mishaps.ts';
import { startEcho } from './model.ts';
import { scanBytes, scanFile } from './scan/scan.ts';
import type { Leak } from './scan/search.ts';
import { type Became, calm, converse, whatBecame } from './stage.ts';
import { openVault, type Vault } from './vault.ts';

export type Outcome = Became & {
  readonly written: number;
  /** Webhooks with more in them than ids, or that are none. */
  readonly odd: number;
  /** Messages that had not come to an end. */
  readonly open: number;
  readonly modelCalls: number;
  readonly vault: Vault;
  readonly scanned: { readonly places: number; readonly bytes: number };
  readonly leaks: readonly Leak[];
};

/** The helpdesk's own store: the customers' words are its to keep (issue 8). Nothing else of the folder is left out. */
const isHelpdesks = (name: string): boolean => /^richpanel\.sqlite(?:-wal|-shm)?$/.test(name);
/** Waits of minutes last seconds; shorter, and approvals lapse on a busy machine before they are acted upon. */
const TIME_SCALE = '0.1';
/** Tickets that the command line tells of: each path, and those that failed. */
const TOLD_OF = 24;
/** Share of a half that is under way when the process dies. */
const UNDER_WAY = 0.1;

/**
 * @param place  an empty folder
 * @param say  told of progress, a line each
 */
export async function runCanaries(place: string, conversations: number, say: (line: string) => void): Promise<Outcome> {
  const data = join(place, 'data');
  const ports = await freePortBase(Math.random);
  const said: Said[] = [];
  const leaks: Leak[] = [];
  const scanned = { places: 0, bytes: 0 };
  const take = (bytes: number, found: readonly Leak[]): void => {
    scanned.places += 1;
    scanned.bytes += bytes;
    leaks.push(...found);
  };
  async function scanFolder(what: string, folder: string): Promise<void> {
    for (const name of readdirSync(folder).filter((one) => !isHelpdesks(one))) {
      const found = await scanFile(`${what}: ${name}`, join(folder, name));
      take(found.bytes, found.leaks);
    }
  }
  function start(args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) {
    let text = '';
    const tell = (chunk: string): void => {
      text += chunk;
    };
    const product = startProduct(data, ports, { FRONTDESK_TIME_SCALE: TIME_SCALE, ...environment }, { args, tell });
    return { product, printed: (): Said => ({ place: `terminal of npm start ${args.join(' ')}`, text }) };
  }

  const model = await startEcho();
  try {
    const half = Math.ceil(conversations / 2);
    const first = start();
    const before = await first.product;
    await breakHelpdesk(before.ready);
    const heard = listen(before.ready);
    say(`${half} conversations, classified on this machine`);
    const last = Math.ceil(half * UNDER_WAY);
    let written = await converse(data, before.ready, 0, half - last);
    const odd = await oddWebhooks(before.ready);
    await mendHelpdesk(before.ready);
    await calm(data, 0);
    written += await converse(data, before.ready, half - last, half);
    await before.kill('all');
    said.push(await heard.stop(), first.printed());
    say('killed with work under way; the folder as that left it');
    const dead = join(place, 'dead');
    mkdirSync(dead);
    for (const name of readdirSync(data)) copyFileSync(join(data, name), join(dead, name));
    await scanFolder('after the kill', dead);

    const second = start(['--classifier', 'openai'], { OPENAI_API_KEY: STAND_IN_KEY, OPENAI_BASE_URL: model.url });
    const { ready, stop } = await second.product;
    const heardAgain = listen(ready);
    await breakHelpdesk(ready);
    say(`${conversations - half} conversations, classified by a model`);
    written += await converse(data, ready, half, conversations);
    await unreadableEvent(ready);
    await mendHelpdesk(ready);
    const open = await calm(data, 0);
    say('what the stage answers');
    said.push(await heardAgain.stop(), ...(await consoleAnswers(ready)));
    const policy = join(place, 'policy.yaml');
    writeFileSync(policy, 'thresholds:\n  tier1: 0.5\n');
    said.push(...(await commandAnswers(data, toldOf(conversations), policy)));
    const backup = await backedUp(data, place);
    const vault = await openVault(data, ready);
    const became = await whatBecame(data, ready);
    await stop();
    said.push(second.printed());

    say('the scan');
    await assertWritten(join(data, 'richpanel.sqlite'));
    await scanFolder('at the end', data);
    await scanFolder('in a backup', backup);
    for (const { place: name, text } of said) take(text.length, await scanBytes(name, Buffer.from(text)));
    const asked = model.told.map(({ body }) => JSON.stringify(body)).join('\n');
    // A model is asked about the sentences of a message, and told of nothing else.
    take(
      asked.length,
      (await scanBytes('input of the model', Buffer.from(asked))).filter(({ sort }) => sort !== 'prose'),
    );
    return {
      ...became,
      written,
      odd,
      open,
      modelCalls: model.told.length,
      vault,
      scanned,
      leaks: [...leaks, ...vault.leaks],
    };
  } finally {
    await model.close();
  }
}

/** Every mark lies in the helpdesk's own store: what was never written could not have leaked. */
async function assertWritten(store: string): Promise<void> {
  const found = new Set((await scanFile('the helpdesk', store)).leaks.map(({ mark }) => mark));
  const missing = MARKS.filter(({ name }) => !found.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`nobody wrote: ${missing.join(', ')}`);
}

function toldOf(conversations: number): string[] {
  const step = Math.max(1, Math.floor(conversations / TOLD_OF));
  const some = Array.from({ length: TOLD_OF }, (_, at) => at * step);
  return [...some, ...UNREADABLE, ...REFUSED].filter((n) => n < conversations).map((n) => `canary-${n}`);
}

/** What a backup holds, unpacked; the command's own words are among its answers. */
async function backedUp(data: string, place: string): Promise<string> {
  const file = join(place, 'stage.tar.gz');
  const ran = await frontdesk(data, 'backup', file);
  if (ran.code !== 0) throw new Error(`no backup: ${ran.err}`);
  const folder = join(place, 'backup');
  mkdirSync(folder);
  await unpack(file, folder, () => true);
  writeFileSync(join(folder, 'what-it-said'), `${ran.out}\n${ran.err}`);
  return folder;
}

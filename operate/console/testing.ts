/** A console on a free port, with its real page, and a desk that says what it was asked. */
import { DOOR_LIMITS, type DoorLimits } from '../../local/host/loopback-server.ts';
import { actionNamed } from './actions.ts';
import { buildPage } from './build/build.ts';
import { docsBuilder } from './build/docs.ts';
import type { Desk } from './desk/desk.ts';
import { createJobs } from './desk/jobs.ts';
import { builtAssets, docsAssets } from './http/assets.ts';
import { downloadsIn } from './http/downloads.ts';
import { startConsole } from './http/server.ts';
import { createStream } from './http/stream.ts';

export type ConsoleForTests = {
  readonly url: string;
  readonly port: number;
  /** Names of what changes something and was asked, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
};

/** @param downloads  the folder of files to take away, if any */
export async function consoleForTests(
  token: string,
  limits: DoorLimits = DOOR_LIMITS,
  downloads: string | null = null,
): Promise<ConsoleForTests> {
  const asked: string[] = [];
  const desk: Desk = {
    open() {},
    async ask(name, input) {
      if (actionNamed(name)?.kind !== 'read') asked.push(name);
      return { ok: true, json: JSON.stringify({ asked: name, input }) };
    },
    close: async () => {},
  };
  const stream = createStream();
  const docs = docsBuilder();
  const { url, port, close } = await startConsole(
    {
      token,
      assets: builtAssets(buildPage),
      docs: docsAssets(docs.build),
      downloads: downloadsIn(downloads),
      desk,
      jobs: createJobs((job) => stream.send('job', job), Date.now),
      stream,
      state: () => ({ mode: 'auto' }),
      opening: () => [['about', { mode: 'auto' }]],
    },
    { port: 0, limits },
  );
  return {
    url,
    port,
    asked,
    async close() {
      stream.close();
      docs.close();
      await close();
    },
  };
}

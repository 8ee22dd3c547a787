/** The console of an instance: its page, its commands, its stream. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyEvent } from '../../events/define-event.ts';
import type { Recorded } from '../../local/telemetry/series.ts';
import type { Path, Paths } from '../../local/view/paths.ts';
import type { Topology } from '../../stacks/topology-types.ts';
import { buildPage } from './build/build.ts';
import { docsBuilder } from './build/docs.ts';
import { createDesk, type Desk } from './desk/desk.ts';
import { createJobs } from './desk/jobs.ts';
import type { DeskSettings } from './desk/messages.ts';
import { type Assets, builtAssets, docsAssets } from './http/assets.ts';
import { downloadsIn } from './http/downloads.ts';
import { startConsole } from './http/server.ts';
import type { SignIn } from './http/sign-in.ts';
import { createStream } from './http/stream.ts';
import type { AggregateOptions } from './live/flow/aggregate.ts';
import { createFlow } from './live/flow/flow.ts';
import { hearingOf } from './live/flow/hearing.ts';
import type { Lookups } from './live/flow/standing.ts';
import { type About, createHead } from './live/head.ts';
import { createTraffic } from './live/traffic.ts';

export type ConsoleOptions = {
  readonly port: number;
  readonly token: string;
  /** `null` where nothing is on disk: then there is no trail to read, and no command finds the instance. */
  readonly settings: Omit<DeskSettings, 'downloadsDir'> | null;
  readonly paths: Paths;
  readonly ticketNumber: (conversationId: string) => number | undefined;
  readonly live: Pick<AggregateOptions, 'env'> & { readonly topology: Topology; readonly lookups: Lookups };
  /** Mode, limits, version: what stands in the page's head. */
  readonly about: () => About;
  /** Where the page is built ahead of the first look. */
  readonly isBuiltAhead: boolean;
};

export type Console = {
  readonly url: string;
  /** The way of a message went on. */
  tell(path: Path): void;
  /** A fact was stated on the bus. */
  fact(fact: AnyEvent): void;
  /** Something was measured. */
  measured(recorded: Recorded): void;
  close(): Promise<void>;
};

/** Rejects with the listen error. */
export async function openConsole(options: ConsoleOptions): Promise<Console> {
  const stream = createStream();
  const traffic = createTraffic(options, stream);
  const head = createHead(options.about, stream);
  const { live, ticketNumber } = options;
  const flow = createFlow(
    {
      hearing: hearingOf(live.topology.rules),
      rulesOff: live.lookups.rulesOff,
      ticketNumber,
      env: live.env,
      now: Date.now,
    },
    live.lookups.standing,
    stream,
  );
  const downloadsDir = options.settings === null ? null : newDownloadsDir();
  const desk =
    options.settings === null || downloadsDir === null
      ? NOTHING_ON_DISK
      : createDesk({ ...options.settings, downloadsDir });
  const docs = docsBuilder();
  const jobs = createJobs((job) => stream.send('job', job), Date.now);
  const server = await startConsole(
    {
      token: options.token,
      assets: pageAssets(options.isBuiltAhead),
      docs: docsAssets(docs.build),
      downloads: downloadsIn(downloadsDir),
      desk,
      jobs,
      stream,
      state: () => ({ about: head.now(), ...traffic.state() }),
      opening: () => [
        ['about', head.now()],
        ['paths', traffic.state()],
        ['flow-state', flow.state()],
      ],
    },
    { port: options.port },
  );
  return {
    url: server.url,
    tell: traffic.tell,
    fact: flow.fact,
    measured: flow.measured,
    async close() {
      flow.close();
      traffic.close();
      head.close();
      stream.close();
      docs.close();
      await Promise.all([server.close(), desk.close()]);
      if (downloadsDir !== null) rmSync(downloadsDir, { recursive: true, force: true });
    },
  };
}

export type StageConsoleOptions = {
  readonly port: number;
  readonly token: string;
  readonly settings: Omit<DeskSettings, 'downloadsDir'>;
  readonly about: About;
  readonly signIn: SignIn | null;
};

/** The console of a deployed stage, on this machine: its page and its commands. Nothing taps a stage, so that nothing comes by itself. */
export async function openStageConsole(options: StageConsoleOptions): Promise<Pick<Console, 'url' | 'close'>> {
  const stream = createStream();
  const downloadsDir = newDownloadsDir();
  const docs = docsBuilder();
  const desk = createDesk({ ...options.settings, downloadsDir });
  const { url, close } = await startConsole(
    {
      token: options.token,
      ...(options.signIn !== null && { signIn: options.signIn }),
      assets: pageAssets(true),
      docs: docsAssets(docs.build),
      downloads: downloadsIn(downloadsDir),
      desk,
      jobs: createJobs((job) => stream.send('job', job), Date.now),
      stream,
      state: () => ({ about: options.about }),
      opening: () => [['about', options.about]],
    },
    { port: options.port },
  );
  return {
    url,
    async close() {
      stream.close();
      docs.close();
      await Promise.all([close(), desk.close()]);
      rmSync(downloadsDir, { recursive: true, force: true });
    },
  };
}

/** Of its own, in the reach of this user alone, and gone with the console. */
const newDownloadsDir = (): string => mkdtempSync(join(tmpdir(), 'frontdesk-console-'));

/** A build that fails is tried again at the next look. */
function pageAssets(isBuiltAhead: boolean): Assets {
  let building: Promise<string> | null = null;
  const build = (): Promise<string> => {
    building ??= buildPage().catch((error: unknown) => {
      building = null;
      throw error;
    });
    return building;
  };
  if (isBuiltAhead) void build().catch(() => {});
  return builtAssets(build);
}

const NOTHING_ON_DISK: Desk = {
  open() {},
  ask: async () => ({
    ok: false,
    isMisuse: false,
    refused: {
      code: 'in_memory',
      message: 'this instance keeps nothing on disk',
      cure: 'start without --memory to have the trail, switches and replay',
    },
  }),
  close: async () => {},
};

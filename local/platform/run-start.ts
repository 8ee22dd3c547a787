/** What `npm start` does between its options and its end. */
import { randomUUID } from 'node:crypto';
import { pointedAt } from '../../operate/shown-commands.ts';
import { topology } from '../../stacks/topology.ts';
import { startTraffic } from '../traffic/traffic.ts';
import { createTerminalView } from '../view/terminal.ts';
import { alertUrl } from './alert-url.ts';
import { freshBundles } from './build-bundles.ts';
import { refuseSwitches } from './bundled-options.ts';
import { type Instance, startInstance } from './instance.ts';
import { commandOf, readOptions, type SharedOptions, timeScaleFrom, wholeNumber } from './options.ts';
import { RELEASE, ROOT } from './release.ts';
import { firstSignal } from './signals.ts';
import { workspaceBanner } from './workspace-banner.ts';
import { type WorkspaceOptions, withWorkspaceOptions, workspaceUse } from './workspace-options.ts';

export type StartOptions = SharedOptions &
  WorkspaceOptions & {
    readonly readyFile?: string;
    readonly bundled?: boolean;
    readonly traffic: number;
    readonly isTrafficGiven: boolean;
    readonly alertUrl?: URL;
  };

const DEFAULTS = { portBase: 4400, memory: false, limits: 'vendor' } as const;
const TRAFFIC_PER_MINUTE = 12;
const MOST_TRAFFIC = 6_000;

/** Throws `StartProblem`. */
export function startOptions(args: readonly string[]): StartOptions {
  const command = commandOf('npm start', 'Runs Frontdesk on this machine until it is interrupted.', DEFAULTS)
    .option('--ready-file <FILE>', 'written once everything accepts work, removed at a clean stop')
    .option(
      '--bundled',
      'run the built bundles that are deployed, in place of the sources; builds them where they are not of today',
    )
    .option(
      '--traffic <N>',
      'messages per minute that invented customers write; 0 for silence',
      (text: string) => wholeNumber(text, 0, MOST_TRAFFIC),
      TRAFFIC_PER_MINUTE,
    )
    .option('--alert-url <URL>', 'posts each alarm there as JSON when it begins and when it is over', alertUrl);
  const options = readOptions<Omit<StartOptions, 'isTrafficGiven'>>(withWorkspaceOptions(command), args, DEFAULTS);
  return { ...options, isTrafficGiven: command.getOptionValueSource('traffic') === 'cli' };
}

/** Starts, shows what happens, and resolves when a signal has ended it. Throws `StartProblem`. */
export async function runStart(args: readonly string[]): Promise<void> {
  const options = startOptions(args);
  const timeScale = timeScaleFrom(process.env.FRONTDESK_TIME_SCALE);
  const hasTraffic = options.isTrafficGiven && options.traffic > 0;
  const workspace = workspaceUse(options, { hasTraffic, timeScale, variables: process.env });
  const { bundled: isBundled = false } = options;
  if (isBundled) refuseSwitches(options, { timeScale, variables: process.env });
  const signal = firstSignal();
  let instance: Instance | null = null;
  const view = createTerminalView(process.stdout, (id) =>
    // A real workspace's numbers say nothing to `npx frontdesk ticket`, which has no key to ask with.
    workspace === null ? instance?.platform.helpdesk.ticketNumber(id) : undefined,
  );
  if (isBundled)
    await freshBundles(ROOT, topology.functions, (line) => void process.stderr.write(`frontdesk: ${line}\n`));
  instance = await startInstance({
    // What a real workspace's folder was told once does not open it at a later start.
    shared: workspace === null ? options : { ...options, mode: options.mode ?? 'shadow' },
    timeScale,
    workspace,
    isBundled,
    readyFile: options.readyFile,
    alertUrl: options.alertUrl ?? null,
    onPath: (path) => view.show(path),
    onTrouble: (what) => view.say(what),
  });
  const said = workspace === null ? banner(instance, options, timeScale) : workspaceBanner(instance, workspace);
  view.say(pointedAt(said, { target: 'local', data: options.data }));
  const traffic =
    workspace === null
      ? startTraffic({ sandboxUrl: instance.ready.richpanelUrl, perMinute: options.traffic, seed: randomUUID() })
      : null;
  await signal;
  view.close();
  process.stdout.write('stopping\n');
  await traffic?.stop();
  await instance.stop();
}

export function banner(
  { ready }: Pick<Instance, 'ready'>,
  options: Pick<StartOptions, 'limits' | 'traffic' | 'bundled'>,
  timeScale: number,
): string {
  const notes = [
    `Frontdesk ${RELEASE}`,
    `data ${ready.dataDir ?? 'in memory'}`,
    ...(options.bundled ? ['bundled'] : []),
    ...(options.limits === 'unlimited' ? ['limits: off'] : []),
    ...(timeScale === 1 ? [] : [`time scale ${timeScale}`]),
    options.traffic === 0 ? 'no invented customers' : `${options.traffic} messages a minute from invented customers`,
  ];
  return [
    '',
    notes.join(' · '),
    // A token in it is nobody's who reads over the shoulder, and logs keep what a terminal shows.
    `webhook ${ready.webhookUrl.replace(ready.webhookToken, '<token>')} · AWS ${ready.awsEndpoint} · helpdesk sandbox ${ready.richpanelUrl}/__sandbox/`,
    '',
    `  console          ${ready.consoleUrl}/?token=${ready.consoleToken}`,
    '  write            npx frontdesk say "where is my order?"',
    '  what happened    npx frontdesk ticket <number or id>',
    '',
  ].join('\n');
}

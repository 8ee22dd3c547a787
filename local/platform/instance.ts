/** A platform with its console and its ready object: what `npm start` and `npm run demo` both run. */
import { randomBytes } from 'node:crypto';
import { openConsole } from '../../operate/console/console.ts';
import { lookupsOf } from '../../operate/console/live/flow/standing.ts';
import { businessZone } from '../../operate/shop.ts';
import { topology } from '../../stacks/topology.ts';
import type { OptionsPatch } from '../sandbox/options.ts';
import { createPaths, type Path, type Paths } from '../view/paths.ts';
import { configFile, startConfig } from './config-file.ts';
import { type DataFolder, explainStateError, openDataFolder } from './data-folder.ts';
import { modeOf } from './furnish.ts';
import type { SharedOptions } from './options.ts';
import { type Model, type Platform, startPlatform } from './platform.ts';
import { assertFree, explainListenError, portsFrom } from './ports.ts';
import { StartProblem } from './problem.ts';
import { assertWritable, INSTANCE_FILE, type ReadyObject, removeReadyFile, writeReadyFile } from './ready-file.ts';
import { RELEASE } from './release.ts';
import { STAGE } from './stage.ts';
import type { WorkspaceUse } from './workspace-helpdesk.ts';

export type Instance = {
  readonly platform: Platform;
  readonly paths: Paths;
  readonly ready: ReadyObject;
  /** Ends everything and gives the folder free; what could not end in time is left to the next start. */
  stop(): Promise<void>;
};

export type InstanceOptions = {
  readonly shared: SharedOptions;
  readonly timeScale: number;
  readonly readyFile?: string | undefined;
  readonly agesFrom?: 'older' | 'received';
  readonly sandbox?: OptionsPatch;
  readonly workspace?: WorkspaceUse | null;
  readonly alertUrl?: URL | null;
  readonly isBundled?: boolean;
  readonly onPath?: (path: Path, platform: Platform) => void;
  readonly onTrouble?: (what: string) => void;
};

/**
 * Throws `StartProblem` when it cannot start. By then the folder may have been made or migrated, and its past closed after a loss;
 * the next start goes on from there.
 */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { shared, readyFile, timeScale } = options;
  const ports = portsFrom(shared.portBase);
  const model = modelOf(shared.classifier);
  const config = configFile(process.env);
  startConfig(config);
  if (readyFile !== undefined) assertWritable(readyFile);
  // The sandbox's port stays unused where a real workspace is worked for.
  await assertFree(options.workspace ? { ...ports, richpanel: 0 } : ports);
  const folder = shared.memory ? null : await openFolder(shared.data);
  try {
    return await startIn(folder, options);
  } catch (error) {
    folder?.release();
    if (folder !== null) explainStateError(error, folder.path);
    explainListenError(error);
  }

  async function startIn(
    folder: DataFolder | null,
    { agesFrom, sandbox, workspace = null, alertUrl = null, isBundled = false, onPath, onTrouble }: InstanceOptions,
  ): Promise<Instance> {
    const platform = await startPlatform({
      folder,
      ports,
      config,
      mode: shared.mode,
      limits: shared.limits,
      timeScale,
      model,
      workspace,
      alertUrl,
      isBundled,
      ...(agesFrom !== undefined && { agesFrom }),
      ...(sandbox !== undefined && { sandbox }),
      ...(onTrouble !== undefined && { onTrouble }),
    });
    const paths = createPaths();
    const ticketNumber = (id: string): number | undefined => platform.helpdesk.ticketNumber(id);
    const about = (): Record<string, string> => ({
      version: RELEASE,
      mode: modeOf(platform.endpoint.ssm, STAGE.env, platform.helpdesk.answers),
      limits: shared.limits === 'unlimited' ? 'off' : 'vendor',
      helpdesk: platform.helpdesk.sandbox === null ? 'a real workspace' : 'sandbox',
      zone: businessZone(process.env).name,
      ...(timeScale !== 1 && { 'time scale': String(timeScale) }),
      ...(isBundled && { functions: 'bundled' }),
    });
    const consoleToken = randomBytes(24).toString('hex');
    const page = await openConsole({
      port: ports.console,
      token: consoleToken,
      settings:
        folder === null
          ? null
          : { dataDir: folder.path, dataDirGiven: shared.data, target: 'local', stage: null, variables: process.env },
      paths,
      ticketNumber,
      live: { env: STAGE.env, topology, lookups: lookupsOf(platform.endpoint, topology) },
      about,
      isBuiltAhead: readyFile === undefined && folder !== null,
    }).catch(async (error: unknown) => {
      await platform.stop();
      throw error;
    });
    platform.onMeasured(page.measured);
    platform.endpoint.tap.listen((fact) => {
      page.fact(fact);
      const path = paths.hear(fact);
      if (path === null) return;
      page.tell(path);
      onPath?.(path, platform);
    });
    const door = platform.door();
    const ready: ReadyObject = {
      schema: 1,
      pid: process.pid,
      version: RELEASE,
      consoleUrl: page.url,
      consoleToken,
      webhookUrl: door.url,
      webhookHeader: door.header,
      webhookToken: door.token,
      awsEndpoint: platform.endpoint.server.url,
      accountId: STAGE.accountId,
      region: STAGE.region,
      busName: platform.busName,
      richpanelUrl: platform.sandboxUrl,
      richpanelKey: platform.helpdesk.shownKey,
      dataDir: folder?.path ?? null,
      startedAt: new Date().toISOString(),
      ...(platform.helpdesk.sandbox === null && { sandbox: false as const }),
      ...(shared.classifier !== 'embedded' && { classifier: shared.classifier }),
      ...(timeScale !== 1 && { timeScale }),
      ...(isBundled && { bundled: true as const }),
      ...(door.auth !== 'header_token' && { webhookAuth: door.auth }),
    };
    const files = [folder?.file(INSTANCE_FILE), readyFile].filter((file) => file !== undefined);
    for (const file of files) writeReadyFile(file, ready);
    const following = followToken(platform, ready, files);
    return {
      platform,
      paths,
      ready,
      async stop() {
        clearInterval(following);
        for (const file of files) removeReadyFile(file);
        await page.close();
        const isClean = await platform.stop();
        // A lock that stays, of a process that is gone, tells the next start to end our claims.
        if (isClean) folder?.release();
      },
    };
  }
}

const FOLLOW_MS = 1_000;

/** Programs that find us by a ready file ring with a token that is accepted, after a rotation too. */
function followToken(platform: Platform, ready: ReadyObject, files: readonly string[]): NodeJS.Timeout {
  let shown = ready.webhookToken;
  const follow = (): void => {
    const { url: webhookUrl, token: webhookToken } = platform.door();
    if (webhookToken === shown) return;
    for (const file of files) writeReadyFile(file, { ...ready, webhookUrl, webhookToken });
    shown = webhookToken;
  };
  return setInterval(follow, FOLLOW_MS).unref();
}

async function openFolder(given: string): Promise<DataFolder> {
  try {
    return await openDataFolder(given, { tell: (line) => void process.stderr.write(`frontdesk: ${line}\n`) });
  } catch (error) {
    explainStateError(error, given);
    throw error;
  }
}

/** A key is used where the model was asked for, and nowhere else: nothing spends money by accident (interfaces §1). */
function modelOf(classifier: SharedOptions['classifier']): Model | null {
  if (classifier === 'embedded') return null;
  const { OPENAI_API_KEY: apiKey = '', OPENAI_BASE_URL: baseUrl } = process.env;
  if (apiKey.trim() === '')
    throw new StartProblem('--classifier openai needs a key: set OPENAI_API_KEY, or leave the option out.');
  return { apiKey, ...(baseUrl !== undefined && baseUrl !== '' && { baseUrl }) };
}

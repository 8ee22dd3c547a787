/** The platform with the culprits in it, apart from who measures it; tells its parent what settled. */
import { openDataFolder } from '../../../local/platform/data-folder.ts';
import { startPlatform, WEBHOOK_HEADER } from '../../../local/platform/platform.ts';
import { withCulprits } from './culprits.ts';

export type Ready = {
  readonly type: 'ready';
  readonly sandboxUrl: string;
  readonly webhookUrl: string;
  readonly webhookHeaders: Readonly<Record<string, string>>;
  readonly awsEndpoint: string;
  readonly busName: string;
};
export type FromPlatform =
  | Ready
  | { readonly type: 'settled'; readonly rootEventId: string }
  | { readonly type: 'host'; readonly pid: number | null };

// node bin/launch.js test/full/isolation/platform-process.ts FOLDER TIME_SCALE

const [folder = '', timeScale = '1'] = process.argv.slice(2);
const tell = (message: FromPlatform): void => void process.send?.(message);

const platform = await startPlatform({
  folder: await openDataFolder(folder),
  limits: 'unlimited',
  timeScale: Number(timeScale),
  topology: withCulprits(Number(timeScale)),
});
// Whoever measures rings the door itself, at its own instants.
platform.sandbox.setWebhook(null);
platform.endpoint.tap.listen(({ metadata }) => {
  if (metadata.eventName === 'MessageSettled' && metadata.rootEventId !== null)
    tell({ type: 'settled', rootEventId: metadata.rootEventId });
});
process.on('message', () => tell({ type: 'host', pid: platform.hostPid() }));
process.on('disconnect', () => void platform.stop().then(() => process.exit(0)));
tell({
  type: 'ready',
  sandboxUrl: platform.sandboxUrl,
  webhookUrl: platform.door().url,
  webhookHeaders: { [WEBHOOK_HEADER]: platform.ownSecrets.webhookToken, 'content-type': 'application/json' },
  awsEndpoint: platform.endpoint.server.url,
  busName: platform.busName,
});

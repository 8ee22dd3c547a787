/** The system under test: what `npm run demo` runs, with durable state, in a process of its own. */
import { startInstance } from '../../../local/platform/instance.ts';
import { countRequests } from './counting.ts';
import { epochNow, type FromSystem, type Settings, type Settled, type ToSystem } from './messages.ts';
import { profileForks } from './profiling.ts';

/** Longer than a crowded machine needs for an answer: a late one is measured, not lost. */
const WEBHOOK_TIMEOUT_MS = 60_000;
/** News is told in batches, so that telling costs the measured process little. */
const TELL_EVERY_MS = 100;

const settings: Settings = JSON.parse(process.argv[2] ?? '{}');
const tell = (message: FromSystem): void => void process.send?.(message);
const counted = settings.isCounting ? countRequests() : () => ({});
if (settings.profileDir !== null) profileForks(settings.profileDir);

const instance = await startInstance({
  shared: {
    portBase: 0,
    data: settings.dataDir,
    memory: false,
    mode: null,
    classifier: 'embedded',
    limits: 'unlimited',
  },
  timeScale: 1,
  // Rows of the demo mix are dated: how old a message is counts from its receipt (interfaces §2).
  agesFrom: 'received',
  sandbox: { webhookBody: 'with-message-id', escape: 'json', webhookTimeoutMs: WEBHOOK_TIMEOUT_MS },
  onTrouble: (what) => process.stderr.write(`system: ${what}\n`),
});
const { platform, ready } = instance;

let news: Settled[] = [];
platform.endpoint.tap.listen(({ metadata }) => {
  if (metadata.eventName === 'MessageSettled' && metadata.rootEventId !== null) {
    news.push([metadata.rootEventId, epochNow()]);
  }
});
setInterval(() => {
  if (news.length > 0) tell({ type: 'settled', batch: news });
  news = [];
}, TELL_EVERY_MS);

process.on('message', async (message: ToSystem) => {
  if (message.type === 'count') {
    const depths = [...platform.endpoint.dispatcher.depths().values()];
    const unfinished = depths.reduce((sum, { queued, running, failed }) => sum + queued + running + failed, 0);
    tell({ type: 'counted', requests: counted(), unfinished });
    return;
  }
  await instance.stop();
  process.exit(0);
});
// Nobody measures any more.
process.on('disconnect', () => process.exit(1));

tell({ type: 'ready', ready, hostPid: platform.hostPid() });

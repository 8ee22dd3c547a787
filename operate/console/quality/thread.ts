/**
 * A thread of its own that reads the trail for the page of quality and keeps what it has read: the first reading of a long trail
 * takes minutes, and reckoning over a hundred thousand messages a second, which no other page has to wait for.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { liveClock } from '../../../functions/shared/clock/live.ts';
import type { Context } from '../../context.ts';
import { failureOf } from '../../failure.ts';
import { openTablesAside } from '../../instance/tables.ts';
import { readLabels } from '../../quality/labels.ts';
import { BASELINE_DAYS, USUAL_DAYS } from '../../quality/quality.ts';
import { createTrailReader } from '../../quality/reader.ts';
import { qualityView } from '../../quality/view.ts';
import { businessZone } from '../../shop.ts';
import type { DeskSettings } from '../desk/messages.ts';
import type { Look, Read } from './messages.ts';

const DAY_MS = 86_400_000;
/** Between two looks at what is new. */
const REST_MS = 2_000;
/** A page that is open sees how far the first reading has come, and the reading gets most of the time. */
const SHOW_EVERY_MS = 1_000;
const SHOW_SHARE = 4;

const settings = workerData as DeskSettings;
const context: Context = { ...settings, isJson: true, tell: () => {}, note: () => {} };
const clock = liveClock();
const tell = (read: Read): void => parentPort?.postMessage(read);

const tables = openTablesAside(context);
const reader = createTrailReader(tables, (USUAL_DAYS + BASELINE_DAYS) * DAY_MS);
let isWanted = false;
let isAtWork = false;
let shownAt = 0;
let showMs = 0;

function show(isDone: boolean): void {
  const began = clock.monotonic();
  const view = qualityView(
    reader.observed(),
    readLabels(settings.dataDir),
    clock.now(),
    businessZone(settings.variables),
  );
  tell({ snapshot: { reading: { ...reader.reading(), isDone }, view } });
  shownAt = clock.monotonic();
  showMs = shownAt - began;
}

async function pause(): Promise<void> {
  // Asked in between, the thread hears of it.
  await delay(0);
  if (clock.monotonic() - shownAt > Math.max(SHOW_EVERY_MS, showMs * SHOW_SHARE)) show(false);
}

async function work(): Promise<void> {
  if (isAtWork) return;
  isAtWork = true;
  try {
    while (isWanted) {
      isWanted = false;
      await reader.catchUp(clock.now(), pause);
      show(true);
      await delay(REST_MS);
    }
  } catch (error) {
    const { code, message, cure } = failureOf(error);
    tell({ refused: { code, message, cure } });
  } finally {
    isAtWork = false;
  }
}

parentPort?.on('message', (_: Look) => {
  isWanted = true;
  void work();
});

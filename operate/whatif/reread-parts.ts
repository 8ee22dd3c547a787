/** What `--reread` reads and asks with: a helpdesk client that cannot write, and a classifier that no function hears of. */
import type { Config } from '../../config/schema.ts';
import { openAiClassifier } from '../../functions/shared/classifier/openai/openai.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { embeddedJudges } from '../../functions/shared/embedded/judges.ts';
import { liveHttpTransport } from '../../functions/shared/helpdesk/live-http.ts';
import { richpanelView } from '../../functions/shared/helpdesk/live-richpanel.ts';
import { liveIds } from '../../functions/shared/ids/live.ts';
import { allowedBase } from '../../functions/shared/openai/base-url.ts';
import { sdkTransport } from '../../functions/shared/openai/live-sdk.ts';
import type { Classifier, Clock, HelpdeskReader, Limits } from '../../functions/shared/ports.ts';
import { WAITS } from '../../functions/shared/times.ts';
import { Failure } from '../failure.ts';
import { fewReads } from '../instance/few-reads.ts';
import type { Instance } from '../instance/instance.ts';
import type { Terms } from './terms.ts';

const OPENAI = 'https://api.openai.com/v1';

export type Watched = {
  readonly clock: Clock;
  /** Hears of each time that there is no place for a request. */
  readonly onNoPlace: () => void;
  /** Aborted: nothing is asked any more. */
  readonly signal: AbortSignal;
};

/** The real clock, on which no wait outlasts the signal. */
export function clockUntil(signal: AbortSignal): Clock {
  const clock = liveClock();
  return {
    ...clock,
    sleep: (ms, until) => clock.sleep(ms, until === undefined ? signal : AbortSignal.any([until, signal])),
  };
}

export function ticketReader(
  instance: Pick<Instance, 'richpanelUrl' | 'richpanelKey'>,
  watched?: Watched,
): HelpdeskReader {
  const clock = watched?.clock ?? liveClock();
  return richpanelView({
    transport: liveHttpTransport(`${instance.richpanelUrl}/v1`),
    secrets: { read: async () => instance.richpanelKey },
    limits: watched === undefined ? fewReads(clock) : watchedReads(fewReads(clock), watched),
    knowsSeat: false,
    clock,
    ids: liveIds,
    readsAs: 'polls',
  }).tickets;
}

function watchedReads(limits: Limits, { onNoPlace, signal }: Watched): Limits {
  return {
    async take(vendor, operationClass, blockedUntil) {
      const isTaken = !signal.aborted && (await limits.take(vendor, operationClass, blockedUntil));
      // With an instant it is told, not asked for a place.
      if (!isTaken && blockedUntil === undefined) onNoPlace();
      return isTaken;
    },
  };
}

/** @throws Failure where the model needs a key that is not there. */
export function shadowClassifier(
  { reread }: Terms,
  config: Config,
  usual: 'embedded' | 'openai',
  { OPENAI_API_KEY: key = '', OPENAI_BASE_URL: url = OPENAI }: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): Classifier {
  const kind = reread.classifier ?? (reread.model === null ? usual : 'openai');
  if (kind === 'embedded') return embeddedJudges().classifier;
  if (key === '')
    throw new Failure(
      'no_key',
      'another model cannot be asked without a key',
      'set OPENAI_API_KEY, or put `reread: { classifier: embedded }` into the policy file',
    );
  return openAiClassifier({
    transport: sdkTransport(allowedBase(url), async () => key, clock),
    // A command is no service: what fails is told by its answer, not by a breaker that the functions share.
    breaker: { before: async () => 'go', after: async () => {} },
    clock,
    ids: liveIds,
    waits: WAITS,
    log: () => {},
    metrics: { count: () => {}, observe: () => {} },
    config: reread.model === null ? config : { ...config, models: { ...config.models, classify: reread.model } },
  });
}

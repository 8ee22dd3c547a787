/** How each function runs, as data: the topology, the local host and the wrapper's lease read the same lines (platform §1.3, §5.3). */
import type { FunctionName } from '../../events/words.ts';
import { CONSUMERS, type ConsumerName } from './consumers.ts';

export type FunctionSettings = {
  readonly name: FunctionName;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** `null` = unreserved. */
  readonly reservedConcurrency: number | null;
  /** Lambda's attempts after the first; only bugs take this way, waiting is parking. */
  readonly asyncRetries: number;
  /** How long Lambda keeps an event that meets a throttled function. */
  readonly asyncMaxAgeSeconds: number;
  /** A `-later` queue of its own, for what must wait (protocols §5). */
  readonly laterQueue: boolean;
  readonly scheduleSeconds: number | null;
  readonly http: boolean;
};

// Platform §5.3: three attempts in all, 6 h in Lambda's queue.
const BY_EVENTS = {
  asyncRetries: 2,
  asyncMaxAgeSeconds: 21_600,
  laterQueue: true,
  scheduleSeconds: null,
  http: false,
} as const;

/** The functions that messages need. */
export const STANDING_SETTINGS = [
  {
    ...BY_EVENTS,
    name: 'ingest',
    timeoutSeconds: 5,
    memoryMb: 256,
    reservedConcurrency: null,
    laterQueue: false,
    http: true,
  },
  { ...BY_EVENTS, name: 'classify', timeoutSeconds: 75, memoryMb: 1024, reservedConcurrency: 4 },
  { ...BY_EVENTS, name: 'order-lookup', timeoutSeconds: 45, memoryMb: 512, reservedConcurrency: 1 },
  { ...BY_EVENTS, name: 'verify', timeoutSeconds: 75, memoryMb: 512, reservedConcurrency: 2 },
  { ...BY_EVENTS, name: 'responder-route', timeoutSeconds: 45, memoryMb: 512, reservedConcurrency: 1 },
  {
    ...BY_EVENTS,
    name: 'responder-reply',
    timeoutSeconds: 90,
    memoryMb: 512,
    reservedConcurrency: 1,
    // Its second attempt lives within one claim, and a late reply is worthless.
    asyncRetries: 0,
    asyncMaxAgeSeconds: 600,
  },
  { ...BY_EVENTS, name: 'responder-settle', timeoutSeconds: 75, memoryMb: 512, reservedConcurrency: 1 },
  // Calls no vendor, but an event that another attempt holds is parked like everywhere (protocols §4).
  { ...BY_EVENTS, name: 'auditor', timeoutSeconds: 15, memoryMb: 256, reservedConcurrency: 5 },
  {
    ...BY_EVENTS,
    name: 'sweeper',
    timeoutSeconds: 60,
    memoryMb: 256,
    reservedConcurrency: 1,
    laterQueue: false,
    scheduleSeconds: 60,
  },
  {
    ...BY_EVENTS,
    name: 'reconciler',
    timeoutSeconds: 60,
    memoryMb: 256,
    reservedConcurrency: 1,
    laterQueue: false,
    scheduleSeconds: 900,
  },
  { ...BY_EVENTS, name: 'flag-watcher', timeoutSeconds: 10, memoryMb: 128, reservedConcurrency: 1, laterQueue: false },
  {
    ...BY_EVENTS,
    name: 'sealer',
    timeoutSeconds: 60,
    memoryMb: 256,
    reservedConcurrency: 1,
    laterQueue: false,
    scheduleSeconds: 3_600,
  },
] as const satisfies readonly FunctionSettings[];

export type StandingFunction = (typeof STANDING_SETTINGS)[number]['name'];
/** The functions of this release. */
export type DeployedFunction = StandingFunction | ConsumerName;

/** All alike: platform §1.3 names one of them. */
const consumerSettings = (name: ConsumerName) => ({
  ...BY_EVENTS,
  name,
  timeoutSeconds: 60,
  memoryMb: 256,
  reservedConcurrency: 1,
});

export const FUNCTION_SETTINGS: readonly (FunctionSettings & { readonly name: DeployedFunction })[] = [
  ...STANDING_SETTINGS,
  ...CONSUMERS.map(consumerSettings),
];

/** Functions that misbehave, each with a rule of its own beside the shipped topology. */
import { topology } from '../../../stacks/topology.ts';
import type { FunctionSpec, RuleSpec, Topology } from '../../../stacks/topology-types.ts';

export type Culprit = {
  readonly label: string;
  /** A name that no function of the release uses. */
  readonly name: FunctionSpec['name'];
  readonly file: string;
  /** As it really is, whatever the time scale. */
  readonly timeoutSeconds: number;
  /** What its failure records say; those who shared the worker end with it, but not all of them can have. */
  readonly errorType: string;
};

/** Who shares the worker ends with it. */
export const SHARED = 'Runtime.ExitError';

export const CULPRITS: readonly Culprit[] = [
  {
    label: 'while(true)',
    name: 'analytics',
    file: 'spin',
    timeoutSeconds: 1,
    errorType: 'Sandbox.Timedout',
  },
  { label: '1 GB of heap', name: 'sealer', file: 'fill-heap', timeoutSeconds: 10, errorType: 'OutOfMemory' },
  {
    label: '1 GB of buffers',
    // The other names that no function uses are taken.
    name: 'hoarder' as FunctionSpec['name'],
    file: 'fill-buffers',
    timeoutSeconds: 10,
    errorType: 'OutOfMemory',
  },
  { label: 'process.exit', name: 'drain-tool', file: 'exit', timeoutSeconds: 1, errorType: SHARED },
  {
    label: 'never resolves',
    name: 'replay-tool',
    file: 'hang',
    timeoutSeconds: 1,
    errorType: 'Sandbox.Timedout',
  },
  {
    label: 'throws at import',
    name: 'erasure-tool',
    file: 'broken-import',
    timeoutSeconds: 1,
    errorType: 'SyntaxError',
  },
];

export const SOURCE = 'test.isolation';

/** @param timeScale  shortens what is waited for, but must not end a good run early: its functions keep their real timeouts */
export function withCulprits(timeScale: number): Topology {
  const patient = topology.functions.map((spec) => ({ ...spec, timeoutSeconds: spec.timeoutSeconds / timeScale }));
  return {
    ...topology,
    functions: [...patient, ...CULPRITS.map((culprit) => specOf(culprit, timeScale))],
    rules: [...topology.rules, ...CULPRITS.map(ruleOf)],
  };
}

function specOf({ name, file, timeoutSeconds }: Culprit, timeScale: number): FunctionSpec {
  return {
    name,
    entry: `test/full/isolation/culprits/${file}.ts`,
    timeoutSeconds: timeoutSeconds / timeScale,
    memoryMb: 256,
    reservedConcurrency: null,
    async: { retries: 2, maxAgeSeconds: 21_600 },
    laterQueue: false,
    scheduleSeconds: null,
    http: false,
    secrets: [],
    publishes: false,
  };
}

function ruleOf({ name }: Culprit): RuleSpec {
  return {
    name: `isolation-${name}`,
    target: name,
    pattern: { source: [SOURCE], 'detail-type': [name] },
    replayPurpose: null,
    bus: 'frontdesk',
    retry: { maxAgeSeconds: 86_400, attempts: 185 },
  };
}

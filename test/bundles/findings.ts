/** What must not be in a bundle: switches of one machine, memory adapters, local and test code, another function. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { topology } from '../../stacks/topology.ts';
import { MODEL_PACKAGE } from '../../tools/bundle/assets.ts';
import type { Bundle } from '../../tools/bundle/bundle.ts';
import { areaOf, isMemoryAdapter, isTestCode } from '../architecture/areas.ts';

/** Variables by which one machine scales time, lifts limits, reckons ages otherwise, reads a configuration file and chooses who classifies. */
const KNOBS = [
  'FRONTDESK_TIME_SCALE',
  'FRONTDESK_LIMITS',
  'FRONTDESK_AGES_FROM',
  'FRONTDESK_CONFIG',
  'FRONTDESK_CLASSIFIER',
] as const;

/** Areas of the repository that run on AWS. */
const DEPLOYED_AREAS = ['config', 'events', 'function', 'policy', 'shared', 'templates'] as const;

/** Two lines that the bundler writes around the package of the language model (tools/bundle/when-asked.ts). */
const AROUND_MODEL = `when-asked:${MODEL_PACKAGE.file}`;

/** One readable line each; none for a bundle that may be deployed. */
export function findingsIn(bundle: Bundle): string[] {
  const text = readFileSync(bundle.file, 'utf8');
  return [
    ...KNOBS.filter((knob) => text.includes(knob)).map((knob) => `names ${knob}`),
    ...bundle.inputs.flatMap((path) => {
      const objection = object(bundle, path);
      return objection === undefined ? [] : [`${objection}: ${path}`];
    }),
  ];
}

function object({ name }: Bundle, path: string): string | undefined {
  if (path.startsWith('node_modules/') || path === AROUND_MODEL) return undefined;
  if (isTestCode(path)) return 'test code';
  if (isMemoryAdapter(path)) return 'memory adapter';
  const area = areaOf(path);
  if (area === undefined || !DEPLOYED_AREAS.some((one) => one === area)) return 'not for deployment';
  return area === 'function' && !mayHold(name, path) ? 'another function' : undefined;
}

/** A function may hold its own folder, and what stands directly in a folder that several functions share (`responder`). */
function mayHold(name: Bundle['name'], path: string): boolean {
  const own = folderOf(name);
  return path.startsWith(`${own}/`) || (own.startsWith(`${dirname(path)}/`) && dirname(path) !== 'functions');
}

function folderOf(name: Bundle['name']): string {
  const spec = topology.functions.find((one) => one.name === name);
  if (spec === undefined) throw new Error(`${name} is not in the topology`);
  return dirname(spec.entry);
}

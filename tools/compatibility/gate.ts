/** May today's events follow the released ones? A wider field wants a higher minor, anything else a higher major (style §4). */
import { type Change, compare } from './compare.ts';
import type { Release, ReleasedEvent } from './release.ts';

type Version = { readonly major: number; readonly minor: number };

/** One line each, naming event, field and cure; empty when the release may follow. */
export function complaintsAbout(last: Release, current: Release): string[] {
  return [
    ...Object.values(last.events).flatMap((event) => aboutEvent(event, last, current)),
    ...aboutEnvelope(last, current),
  ];
}

function aboutEvent(released: ReleasedEvent, last: Release, current: Release): string[] {
  const { name } = released;
  const event = current.events[name];
  if (event === undefined)
    return [`${name} was released in ${last.version} and is gone: declare it until no archive holds it any more`];
  const [was, is] = [parse(released.version), parse(event.version)];
  const change = `${name} ${released.version} → ${event.version}`;
  if (is.major > was.major) return [];
  if (is.major < was.major || is.minor < was.minor) return [`${change}: a version never goes back`];
  const changes = compare(
    { schema: released.data, shapes: last.shapes },
    { schema: event.data, shapes: current.shapes },
  );
  const lostProducers = released.producers.filter((producer) => !event.producers.includes(producer));
  return [
    ...lostProducers.map(
      (producer) => `${change}: ${producer} states it no longer; keep it while archives hold its facts`,
    ),
    ...breakingOf(changes).map(
      ({ path, what }) => `${change}: "${path}" ${what}: restore it, or raise the major to ${was.major + 1}.0`,
    ),
    ...(is.minor > was.minor ? [] : widerOf(changes)).map(
      ({ path, what }) => `${change}: "${path}" ${what}: raise the minor to ${was.major}.${was.minor + 1}`,
    ),
  ];
}

/** The envelope has no version of its own: it may grow, and breaks only when every event's major rises. */
function aboutEnvelope(last: Release, current: Release): string[] {
  const isNewEra = Object.values(last.events).every(
    ({ name, version }) => parse(current.events[name]?.version ?? '0.0').major > parse(version).major,
  );
  if (isNewEra) return [];
  const side = ({ shapes }: Release) => ({ schema: { $ref: '#/shapes/Metadata' }, shapes });
  return breakingOf(compare(side(last), side(current))).map(
    ({ path, what }) => `envelope: "${path}" ${what}: restore it, or raise the major of every event`,
  );
}

const breakingOf = (changes: readonly Change[]) => changes.filter(({ kind }) => kind === 'breaking');
const widerOf = (changes: readonly Change[]) => changes.filter(({ kind }) => kind === 'wider');

function parse(version: string): Version {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return { major, minor };
}

/** The catalogue as it would be released today. */
import { CATALOGUE, type Definition, EVENT_NAMES } from '../../events/catalogue.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { dataSchema, shapeSchemas } from '../catalogue/json-schema.ts';
import type { Release, ReleasedEvent } from './release.ts';

const PLACE = '#/shapes/';

export function currentRelease(): Release {
  return {
    version: packageFile.version,
    events: Object.fromEntries(EVENT_NAMES.map((name) => [name, releasedEvent(CATALOGUE[name])])),
    shapes: shapeSchemas(PLACE),
  };
}

export function releasedEvent(definition: Definition): ReleasedEvent {
  const { name, version, producers } = definition;
  return { name, version, producers, data: dataSchema(definition, PLACE) };
}

/** The tags that the provider puts on whatever can carry some, beside the resource's own. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './app.ts';
import type { Properties } from './graph.ts';
import { PLATFORM } from './platform.ts';

type Tags = Readonly<Record<string, string>>;

/** Of sst.config.ts, with the two that the `sst` program adds. */
export function providerTags({ name, stage, providers: { aws } }: App): Tags {
  return { ...aws?.defaultTags?.tags, 'sst:app': name, 'sst:stage': stage };
}

/** `tagsAll`, as AWS would have them; absent where the resource can carry none. */
export function withProviderTags(type: string, properties: Properties, tags: Tags): Properties {
  return isTaggable(type) ? { ...properties, tagsAll: { ...tags, ...(properties.tags as Tags) } } : properties;
}

const known = new Map<string, boolean>();

/** The provider's own code says so: a resource that can carry tags answers with all of them. */
function isTaggable(type: string): boolean {
  const cached = known.get(type);
  if (cached !== undefined) return cached;
  const [, path] = /^aws:([^:]+):/.exec(type) ?? [];
  const file = join(PLATFORM, 'node_modules/@pulumi/aws', `${path}.js`);
  const answer = path !== undefined && existsSync(file) && readFileSync(file, 'utf8').includes('"tagsAll"');
  known.set(type, answer);
  return answer;
}

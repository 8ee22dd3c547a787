/** How a workspace differs from what Frontdesk expects of it: teams and tags by the API, macros by an export (replies §6, §9.1). */
import type { Team } from '../../events/words.ts';
import { ROUTE_TAGS } from '../../events/words.ts';
import type { Listed } from './lists.ts';
import { CONTROL_TAGS } from './own-tags.ts';

export type TeamDrift = {
  readonly state: Listed['state'];
  /** Teams of `config/frontdesk.yaml` that the workspace does not have: their tickets would go nowhere. */
  readonly missing: readonly string[];
  /** Teams of the workspace that Frontdesk knows and the configuration leaves out. */
  readonly notConfigured: readonly string[];
};

export type TagDrift = {
  readonly state: Listed['state'];
  /** Without these no assignment rule can fire. */
  readonly missingRoutes: readonly string[];
  /** Made when they are first written, where the workspace allows that (V11). */
  readonly missingControls: readonly string[];
  /** There, but in another spelling. */
  readonly otherCase: readonly string[];
};

export function teamDrift(listed: Listed, configured: readonly Team[], known: readonly Team[]): TeamDrift {
  if (listed.state !== 'listed') return { state: listed.state, missing: [], notConfigured: [] };
  const there = new Set(listed.names);
  const isConfigured = new Set<string>(configured);
  return {
    state: 'listed',
    missing: configured.filter((team) => !there.has(team)),
    notConfigured: known.filter((team) => there.has(team) && !isConfigured.has(team)),
  };
}

export function tagDrift(listed: Listed): TagDrift {
  if (listed.state !== 'listed') return { state: listed.state, missingRoutes: [], missingControls: [], otherCase: [] };
  const there = new Set(listed.names);
  const folded = new Set(listed.names.map((name) => name.toLowerCase()));
  const isMissing = (tag: string) => !there.has(tag);
  return {
    state: 'listed',
    missingRoutes: ROUTE_TAGS.filter(isMissing),
    missingControls: CONTROL_TAGS.filter(isMissing),
    otherCase: [...ROUTE_TAGS, ...CONTROL_TAGS].filter((tag) => isMissing(tag) && folded.has(tag)),
  };
}

/** The releases that a run deploys, forward and back: their templates and their policy differ. */
import { POLICY, type Policy } from '../../../policy/policy.ts';
import { bodyHash } from '../../../templates/body.ts';
import { LIBRARY } from '../../../templates/generated/library.ts';
import type { Template, TemplateLibrary } from '../../../templates/library.ts';
import type { Random } from '../kernel/random.ts';

export type Release = { readonly name: string; readonly library: TemplateLibrary; readonly policy: Policy };

const FIRST: Release = { name: '0.1.0', library: LIBRARY, policy: POLICY };
/** Every template has another text and another pinned hash. */
const REWORDED: Release = { ...FIRST, name: '0.1.1', library: reworded(() => true) };
/** Higher thresholds, which no floor forbids. */
const STRICTER: Release = { ...FIRST, name: '0.2.0', policy: stricter('1.2.1', 0.1) };
/** Half of the templates again, and another policy. */
const BOTH: Release = {
  name: '0.2.1',
  library: reworded((index) => index % 2 === 0),
  policy: stricter('1.2.2', 0.02),
};
const RELEASES: readonly Release[] = [FIRST, REWORDED, STRICTER, BOTH];

export type Releases = { readonly now: Release /** Forward or back, never to the one that runs. */; next(): void };

export function releasesIn(random: Random): Releases {
  let now = FIRST;
  return {
    get now() {
      return now;
    },
    next() {
      now = random.pick(RELEASES.filter((release) => release !== now) as [Release, ...Release[]]);
    },
  };
}

function reworded(isChanged: (index: number) => boolean): TemplateLibrary {
  const another = ({ meta, variants }: Template): Template => ({
    meta: { ...meta, version: '1.1.0' },
    variants: variants.map((variant) => {
      const body = `${variant.body.trimEnd()}\nThank you for your patience.\n`;
      return { ...variant, body, sha256: bodyHash(body) };
    }),
  });
  return { templates: LIBRARY.templates.map((template, index) => (isChanged(index) ? another(template) : template)) };
}

function stricter(version: string, by: number): Policy {
  const { thresholds } = POLICY;
  return {
    ...POLICY,
    thresholds: { ...thresholds, version, tier1: thresholds.tier1 + by, tier2: thresholds.tier2 + by },
  };
}

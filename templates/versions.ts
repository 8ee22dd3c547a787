/** Which version step a change of a template needs (TL13, replies §9.4). */
import type { Template } from './library.ts';

const STEPS = ['none', 'patch', 'minor', 'major'] as const;
type VersionStep = (typeof STEPS)[number];

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}

function variantKeys({ variants }: Template): string[] {
  return variants.map(({ locale, variant }) => `${locale}.${variant}`);
}

/** The step between the released template and the one on disk: wording, more to choose from, or another meaning. */
export function neededStep(before: Template, after: Template): VersionStep {
  const isOtherMeaning =
    before.meta.tier !== after.meta.tier ||
    before.meta.auto_close !== after.meta.auto_close ||
    !isSameSet(before.meta.vars.required, after.meta.vars.required) ||
    !isSameSet(before.meta.requires, after.meta.requires) ||
    !isSameSet(before.meta.intents, after.meta.intents) ||
    variantKeys(before).some((key) => !variantKeys(after).includes(key));
  if (isOtherMeaning) return 'major';
  if (!isSameSet(before.meta.vars.optional, after.meta.vars.optional)) return 'minor';
  if (!isSameSet(variantKeys(before), variantKeys(after))) return 'minor';
  const isSameWording = after.variants.every(({ locale, variant, sha256 }) =>
    before.variants.some((old) => old.locale === locale && old.variant === variant && old.sha256 === sha256),
  );
  return isSameWording ? 'none' : 'patch';
}

function parts(version: string): readonly [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}

/** The step that was taken; going back is `none`. */
export function takenStep(before: string, after: string): VersionStep {
  const [oldMajor, oldMinor, oldPatch] = parts(before);
  const [major, minor, patch] = parts(after);
  if (major !== oldMajor) return major > oldMajor ? 'major' : 'none';
  if (minor !== oldMinor) return minor > oldMinor ? 'minor' : 'none';
  return patch > oldPatch ? 'patch' : 'none';
}

export function isEnough(taken: VersionStep, needed: VersionStep): boolean {
  return STEPS.indexOf(taken) >= STEPS.indexOf(needed);
}

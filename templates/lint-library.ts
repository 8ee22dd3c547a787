/** Lint rules that compare: with the channel's limits, the pinned versions, the other bodies and the stored snapshots (replies §1.9). */
import { expand, parseBody } from './body.ts';
import type { Finding } from './findings.ts';
import { finding } from './findings.ts';
import { CHANNEL_LIMITS, linesOf } from './limits.ts';
import type { LintContext } from './lint-context.ts';
import { metaLine } from './lint-context.ts';
import type { SourceTemplate, SourceVariant } from './load.ts';
import { similarity } from './similarity.ts';
import { snapshotFile, snapshotKey, snapshotText } from './snapshots.ts';
import { lengthOf, VARIABLES } from './variables.ts';
import { isEnough, neededStep, takenStep } from './versions.ts';

const REBUILD = 'Run node tools/templates-build.ts.';

/** The body with every value at its longest, signature included. */
function longest(variant: SourceVariant, { meta }: SourceTemplate): string {
  const parsed = parseBody(variant.body);
  if (!parsed.ok) return '';
  const names = [...meta.vars.required, ...meta.vars.optional];
  // Live chat never shows number or order page beside the link, which is the longest of the three.
  const isHidden = (name: string) =>
    variant.variant === 'livechat' &&
    names.includes('tracking_url') &&
    (name === 'tracking_number' || name === 'status_url');
  const values = new Map(
    names.filter((name) => !isHidden(name)).map((name) => [name, 'x'.repeat(VARIABLES[name].maxChars)]),
  );
  const text = expand(parsed.nodes, values)?.text ?? variant.body;
  return variant.variant === 'email' ? `${text}\n\n— ${'x'.repeat(VARIABLES.support_signature.maxChars)}` : text;
}

function tooLong(templates: readonly SourceTemplate[]): Finding[] {
  return templates.flatMap((template) =>
    template.variants.flatMap((variant) => {
      const { chars, lines } = CHANNEL_LIMITS[variant.variant];
      const { file, bodyLine, headText, maxChars } = variant;
      if (maxChars !== undefined && maxChars > chars) {
        const line = headText.split('\n').findIndex((text) => text.startsWith('max_chars:')) + 2 || 2;
        return [
          finding(
            'TL12',
            file,
            line,
            `raises the channel limit to ${maxChars}`,
            `Lower max_chars to ${chars} or less.`,
          ),
        ];
      }
      const text = longest(variant, template);
      const allowed = maxChars ?? chars;
      const most = lengthOf(text);
      const rows = linesOf(text, lines.count);
      return [
        ...(most > allowed
          ? [finding('TL12', file, bodyLine, `can reach ${most} characters of ${allowed}`, 'Shorten the text.')]
          : []),
        ...(rows > lines.max
          ? [finding('TL12', file, bodyLine, `has ${rows} lines of ${lines.max}`, 'Take lines together.')]
          : []),
      ];
    }),
  );
}

/** TL13, the half that the build also obeys: no change without the version step it needs. */
export function lintVersions(
  templates: readonly SourceTemplate[],
  { released }: Pick<LintContext, 'released'>,
): Finding[] {
  return templates.flatMap((template) => {
    const before = released.templates.find(({ meta }) => meta.id === template.meta.id);
    if (before === undefined) return [];
    const needed = neededStep(before, template);
    const taken = takenStep(before.meta.version, template.meta.version);
    const isBackwards = taken === 'none' && before.meta.version !== template.meta.version;
    if (isEnough(taken, needed) && !isBackwards) return [];
    const changed = template.variants.find(
      ({ locale, variant, sha256 }) =>
        !before.variants.some((old) => old.locale === locale && old.variant === variant && old.sha256 === sha256),
    );
    const where =
      changed === undefined
        ? ([template.metaFile, metaLine(template, 'version')] as const)
        : ([changed.file, changed.bodyLine] as const);
    const problem = isBackwards
      ? `goes back from version ${before.meta.version}`
      : `changed without the ${needed} version step it needs`;
    return [
      finding(
        'TL13',
        ...where,
        problem,
        `Raise the version above ${before.meta.version}, then run node tools/templates-build.ts.`,
      ),
    ];
  });
}

function pinned(templates: readonly SourceTemplate[], context: LintContext): Finding[] {
  const unversioned = lintVersions(templates, context);
  const isReported = (template: SourceTemplate) =>
    unversioned.some(({ file }) => file.startsWith(`templates/${template.folder}/`));
  const stale = templates
    .filter((template) => !isReported(template))
    .flatMap(({ meta, variants }) =>
      variants.flatMap(({ file, bodyLine, locale, variant, sha256, statedHash }) => {
        const isLocked = context.lock.some(
          (entry) =>
            entry.id === meta.id &&
            entry.version === meta.version &&
            entry.locale === locale &&
            entry.variant === variant &&
            entry.sha256 === sha256,
        );
        if (sha256 !== statedHash)
          return [finding('TL13', file, bodyLine, 'has a body that its sha256 does not match', REBUILD)];
        return isLocked ? [] : [finding('TL13', file, bodyLine, 'is not what templates.lock.json pins', REBUILD)];
      }),
    );
  const left = context.lock
    .filter(
      ({ id, locale, variant }) =>
        !templates.some(
          ({ meta, variants }) =>
            meta.id === id && variants.some((one) => one.locale === locale && one.variant === variant),
        ),
    )
    .map(({ id, locale, variant }) =>
      finding('TL13', 'templates.lock.json', 1, `pins ${id} ${locale}.${variant}, which is not there`, REBUILD),
    );
  return [...unversioned, ...stale, ...left];
}

function copies(templates: readonly SourceTemplate[]): Finding[] {
  const bodies = templates.flatMap(({ meta, variants }) => variants.map((variant) => ({ id: meta.id, variant })));
  return bodies.flatMap((one, index) =>
    bodies
      .slice(index + 1)
      .filter(
        (other) =>
          other.id !== one.id &&
          other.variant.locale === one.variant.locale &&
          other.variant.variant === one.variant.variant &&
          similarity(one.variant.body, other.variant.body) > 0.9,
      )
      .map((other) =>
        finding(
          'TL19',
          other.variant.file,
          other.variant.bodyLine,
          `reads like ${one.id}`,
          'Write what this template is about.',
        ),
      ),
  );
}

function snapshots(templates: readonly SourceTemplate[], context: LintContext): Finding[] {
  return templates.flatMap((template) =>
    template.variants.flatMap((variant) => {
      const stored = context.snapshots.get(snapshotKey(template, variant));
      const file = snapshotFile(template, variant);
      if (stored === undefined)
        return [finding('TL21', file, 1, 'is missing', 'Write down by hand what the template must read like.')];
      const [have, want] = [snapshotText(template, variant).split('\n'), stored.split('\n')];
      const line = want.findIndex((text, index) => text !== have[index]);
      if (line < 0 && have.length === want.length) return [];
      return [
        finding(
          'TL21',
          file,
          line < 0 ? want.length : line + 1,
          'is not what the template renders',
          'Correct the template, or the snapshot if the change is wanted.',
        ),
      ];
    }),
  );
}

export function lintLibrary(templates: readonly SourceTemplate[], context: LintContext): Finding[] {
  return [...tooLong(templates), ...pinned(templates, context), ...copies(templates), ...snapshots(templates, context)];
}

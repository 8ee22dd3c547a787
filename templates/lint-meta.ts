/** Lint rules about a template's metadata (replies §1.9). */
import type { TemplateId } from '../events/words.ts';
import { INTENTS, ROUTE_TAG_OF_TEAM } from '../events/words.ts';
import type { Finding } from './findings.ts';
import { finding } from './findings.ts';
import { isAutoOn, selectVariant } from './library.ts';
import type { LintContext } from './lint-context.ts';
import { metaLine } from './lint-context.ts';
import type { SourceTemplate } from './load.ts';
import { AUTO_CLOSE_ALLOWED, teamSlug } from './meta.ts';
import { hasReopenSentence } from './phrases.ts';
import { VARIABLES } from './variables.ts';

type MetaRule = (template: SourceTemplate, context: LintContext, all: readonly SourceTemplate[]) => Finding[];

/** TL01: folder, id and the closed union agree. */
const identity: MetaRule = (template) => {
  const { meta, folder, metaFile } = template;
  if (meta.id === folder) return [];
  return [
    finding(
      'TL01',
      metaFile,
      metaLine(template, 'id'),
      `has the id ${meta.id} in the folder ${folder}`,
      'Give folder and id the same name.',
    ),
  ];
};

/** TL02: every automatic channel has a body, and e-mail and live chat each their own. */
const variants: MetaRule = (template) => {
  const { meta, metaFile } = template;
  const locales = new Set(['en', ...template.variants.map(({ locale }) => locale)]);
  const bothAuto = isAutoOn(template, 'livechat') && isAutoOn(template, 'email');
  const channels = (['livechat', 'email', 'social', 'tiktok', 'phone'] as const).filter((channel) =>
    isAutoOn(template, channel),
  );
  return [...locales].flatMap((locale) =>
    channels
      .filter((channel) => {
        const body = selectVariant(template, channel, locale);
        const needsOwn = bothAuto && (channel === 'livechat' || channel === 'email');
        return body === undefined || (needsOwn && body.variant !== channel);
      })
      .map((channel) =>
        finding(
          'TL02',
          metaFile,
          metaLine(template, 'channels'),
          `is auto on ${channel} without ${locale}.${channel}.md`,
          `Write templates/${meta.id}/${locale}.${channel}.md or take auto away.`,
        ),
      ),
  );
};

/** Replies §6: only the estimate has no macro, since an agent cannot compute its window. */
const macro: MetaRule = (template) => {
  const { meta, metaFile } = template;
  const hasNone = meta.id === 't_order_eta_no_tracking_verified';
  if (hasNone === (meta.macro === null)) return [];
  const [problem, cure] = hasNone
    ? ['has a macro', 'Set macro to null: an agent cannot compute the window.']
    : ['has no macro', 'Name the agents’ copy, “AUTO: …”.'];
  return [finding('format', metaFile, metaLine(template, 'macro'), problem, cure)];
};

/** TL04, the metadata half: order facts are for Tier 2 alone. */
const tierOfVariables: MetaRule = (template) => {
  const { meta, metaFile } = template;
  if (meta.tier === 2) return [];
  const declared = [...meta.vars.required, ...meta.vars.optional];
  const tooHigh = declared.filter((name) => meta.tier === 0 || VARIABLES[name].tier > meta.tier);
  const found = tooHigh.map((name) =>
    finding(
      'TL04',
      metaFile,
      metaLine(template, 'vars'),
      `declares ${name} at Tier ${meta.tier}`,
      meta.tier === 0 ? 'Remove it: a Tier 0 text has no variables.' : 'Remove it or make this a Tier 2 template.',
    ),
  );
  return meta.disclosures.length === 0
    ? found
    : [
        ...found,
        finding(
          'TL04',
          metaFile,
          metaLine(template, 'disclosures'),
          `discloses order facts at Tier ${meta.tier}`,
          'Empty the list or make this a Tier 2 template.',
        ),
      ];
};

/** TL05: no order fact without match, freshness and context. */
const evidence: MetaRule = (template) => {
  const { meta, metaFile } = template;
  if (meta.tier !== 2) return [];
  return (['P_MATCH', 'P_FRESH', 'P_CONTEXT'] as const)
    .filter((code) => !meta.requires.includes(code))
    .map((code) =>
      finding(
        'TL05',
        metaFile,
        metaLine(template, 'requires'),
        `is Tier 2 without ${code}`,
        `Add ${code} to requires.`,
      ),
    );
};

/** TL06: one template resolves, and every body of it says how to reopen. */
const autoClose: MetaRule = (template) => {
  const { meta, metaFile } = template;
  if (!meta.auto_close) return [];
  if (!AUTO_CLOSE_ALLOWED.includes(meta.id)) {
    return [
      finding(
        'TL06',
        metaFile,
        metaLine(template, 'auto_close'),
        'may not resolve conversations',
        'Set auto_close to false; the allow-list is a constant in code.',
      ),
    ];
  }
  return template.variants
    .filter(({ body }) => !hasReopenSentence(body))
    .map(({ file, bodyLine }) =>
      finding(
        'TL06',
        file,
        bodyLine,
        'resolves without saying that a reply reopens',
        'Add a sentence with “reply … reopen”.',
      ),
    );
};

/** TL14: switched on means approved; elsewhere than in production it is a warning. */
const approval: MetaRule = (template, { target }) => {
  const { meta, metaFile } = template;
  if (target === undefined || !target.enabled.includes(meta.id) || meta.review.status === 'approved') return [];
  const severity = target.environment === 'prod' ? 'error' : 'warning';
  return [
    finding(
      'TL14',
      metaFile,
      metaLine(template, 'review'),
      `is switched on in ${target.environment} with review status ${meta.review.status}`,
      'Have it approved or leave it switched off.',
      severity,
    ),
  ];
};

function aYearAfter(day: string): string {
  return `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
}

/** TL15: an approval is complete, another's, newer than the text, and at most twelve months old. */
const approvalStands: MetaRule = (template, { history, today }) => {
  const { meta, metaFile } = template;
  const { status, approved_by, approved_at, decision_ref, expires_at } = meta.review;
  if (status !== 'approved') return [];
  const at = (problem: string, cure: string) => finding('TL15', metaFile, metaLine(template, 'review'), problem, cure);
  if (approved_by === null || approved_at === null || decision_ref === null || expires_at === null) {
    return [
      at(
        'is approved without approver, day, decision or expiry',
        'Fill in all of approved_by, approved_at, decision_ref and expires_at.',
      ),
    ];
  }
  const { bodyChangedOn, authorRole } = history?.[meta.id] ?? {};
  const checks: readonly [boolean, string, string][] = [
    [approved_by === authorRole, 'was approved by its author', 'Have another role approve it.'],
    [
      bodyChangedOn !== undefined && approved_at < bodyChangedOn,
      'was approved before its last change',
      'Have the text as it is approved.',
    ],
    [expires_at < today, 'has an approval that is past', 'Have it approved anew.'],
    [
      expires_at > aYearAfter(approved_at),
      'has an approval of more than twelve months',
      'Let it expire twelve months after approved_at or sooner.',
    ],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, problem, cure]) => at(problem, cure));
};

/** TL18: team and tag are those of the routing table. */
const routing: MetaRule = (template, { teams }) => {
  const { meta, metaFile } = template;
  const wrong = meta.intents.filter((intent) => teamSlug(teams[intent]) !== meta.team);
  const found = wrong.map((intent) =>
    finding(
      'TL18',
      metaFile,
      metaLine(template, 'team'),
      `names the team ${meta.team}, but ${intent} goes to ${teamSlug(teams[intent])}`,
      'Use the team of the routing table.',
    ),
  );
  const tags = INTENTS.filter((intent) => meta.intents.includes(intent)).map(
    (intent) => ROUTE_TAG_OF_TEAM[teams[intent]],
  );
  return tags.every((tag) => tag === meta.route_tag)
    ? found
    : [
        ...found,
        finding(
          'TL18',
          metaFile,
          metaLine(template, 'route_tag'),
          `has the route tag ${meta.route_tag}`,
          `Use ${[...new Set(tags)].join(' or ')}, the tag of the routing table.`,
        ),
      ];
};

/** TL18: a fallback exists, is Tier 0 or 1, is not of a higher tier, and does not lead back. */
const fallback: MetaRule = (template, _context, all) => {
  const { meta, metaFile } = template;
  if (meta.fallback === null) return [];
  const at = (problem: string, cure: string) => [
    finding('TL18', metaFile, metaLine(template, 'fallback'), problem, cure),
  ];
  const next = (id: TemplateId) => all.find((other) => other.meta.id === id);
  const target = next(meta.fallback);
  if (target === undefined)
    return at(`falls back to ${meta.fallback}, which has no folder`, 'Name a template that exists, or null.');
  const seen = new Set<TemplateId>([meta.id]);
  for (let step: SourceTemplate | undefined = target; step !== undefined; ) {
    if (seen.has(step.meta.id)) return at('falls back in a circle', 'Let one of the templates fall back to null.');
    seen.add(step.meta.id);
    step = step.meta.fallback === null ? undefined : next(step.meta.fallback);
  }
  return target.meta.tier > 1 || target.meta.tier > meta.tier
    ? at(
        `falls back to ${meta.fallback} of Tier ${target.meta.tier}`,
        'Fall back to a template of Tier 0 or 1 that is no higher than this one.',
      )
    : [];
};

const META_RULES: readonly MetaRule[] = [
  identity,
  variants,
  macro,
  tierOfVariables,
  evidence,
  autoClose,
  approval,
  approvalStands,
  routing,
  fallback,
];

export function lintMeta(templates: readonly SourceTemplate[], context: LintContext): Finding[] {
  const missing = context.expected
    .filter((id) => !templates.some(({ folder }) => folder === id))
    .map((id) =>
      finding(
        'TL01',
        `templates/${id}/template.yaml`,
        1,
        'is missing or cannot be read',
        'Add the folder, or correct what is reported for it.',
      ),
    );
  return [
    ...missing,
    ...templates.flatMap((template) => META_RULES.flatMap((rule) => rule(template, context, templates))),
  ];
}

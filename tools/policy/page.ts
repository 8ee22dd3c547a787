/** `docs/policy.md`: the policy's data as tables. Pure. */
import { GATE_IDS } from '../../events/decision.ts';
import { INTENTS, REASON_CODES, ROUTE_TAG_OF_TEAM, TEAMS } from '../../events/words.ts';
import { GATE_WORDS, REASON_WORDS } from '../../operate/trail/words.ts';
import { INTENT_CATALOGUE, TEAM_FALLBACK } from '../../policy/intents.ts';
import { THRESHOLDS } from '../../policy/thresholds.ts';
import { table } from '../catalogue/table.ts';
import type { PartLock } from './lock.ts';

const code = (word: string): string => `\`${word}\``;

export function policyPage(lock: PartLock): string {
  const lines = [
    '<!-- Written by tools/policy-parts.ts; not by hand. -->',
    '# Policy',
    '',
    'What decides, as data. Facts name these versions in `input.versions`; a version stands for one content, which `npm run check` holds.',
    '',
    ...table(
      ['part', 'version', 'SHA-256 of the content'],
      Object.entries(lock).map(([name, { version, sha256 }]) => [name, version, code(sha256)]),
    ),
    '',
    '## Intents',
    '',
    'Tier: the highest that policy allows. Templates: what a reply may be, Tier 2 before Tier 1.',
    '',
    ...table(['intent', 'class', 'tier', 'team', 'templates'], INTENTS.map(intentRow)),
    '',
    '## Teams',
    '',
    ...table(['team', 'route tag', 'if the helpdesk lacks it'], TEAMS.map(teamRow)),
    '',
    '## Thresholds',
    '',
    ...table(['threshold', 'value'], thresholdRows()),
    '',
    '## Gates',
    '',
    'In this order; the first objection decides.',
    '',
    ...table(
      ['gate', 'looks at'],
      GATE_IDS.map((id) => [id, GATE_WORDS[id]]),
    ),
    '',
    '## Reason codes',
    '',
    ...table(
      ['code', 'means'],
      REASON_CODES.map((reason) => [code(reason), REASON_WORDS[reason]]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function intentRow(intent: (typeof INTENTS)[number]): string[] {
  const { priority, highestTier, team, templates } = INTENT_CATALOGUE[intent];
  const ids = [...templates.tier2, ...templates.tier1].map(code).join(', ');
  return [code(intent), `P${priority}`, highestTier === null ? 'route-only' : `${highestTier}`, team, ids || '–'];
}

function teamRow(team: (typeof TEAMS)[number]): string[] {
  const fallback = TEAM_FALLBACK[team];
  const instead =
    fallback === 'release_blocked'
      ? 'no release'
      : [fallback.team, ...(fallback.tag === null ? [] : [code(fallback.tag)])].join(' + ');
  return [team, code(ROUTE_TAG_OF_TEAM[team]), instead];
}

function thresholdRows(): string[][] {
  const { version: _, fittedOn, tier1Of, ...numbers } = THRESHOLDS;
  return [
    ...Object.entries(numbers).map(([name, value]) => [code(name), `${value}`]),
    ...Object.entries(tier1Of).map(([intent, value]) => [code(`tier1Of.${intent}`), `${value}`]),
    ...Object.entries(fittedOn).flatMap(([what, versions]) =>
      Object.entries(versions).map(([kind, version]) => [code(`fittedOn.${what}.${kind}`), code(version)]),
    ),
  ];
}

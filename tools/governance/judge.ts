/** Does a pull request say what its changes are, and how they are taken back? Pure. */
import { CHANGE_TYPE_IDS, type ChangeTypeId, changeType, RISKS, type Risk } from './change-types.ts';
import { type Description, FIELD_NAMES, FIELDS } from './description.ts';
import { GATES, type GateId } from './gates.ts';
import { objectionToLever } from './lever.ts';
import type { Touched } from './touched.ts';

export type Verdict = {
  /** Each with its cure. */
  readonly objections: readonly string[];
  readonly touched: readonly Touched[];
  /** Of what is declared and of what is touched. */
  readonly types: readonly ChangeTypeId[];
  readonly gates: readonly GateId[];
};

const NONE = 'none';

export function judge(description: Description, touched: readonly Touched[], releases: readonly string[]): Verdict {
  const words = description.types
    .replaceAll('`', '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const declared = CHANGE_TYPE_IDS.filter((id) => words.includes(id));
  const types = CHANGE_TYPE_IDS.filter((id) => declared.includes(id) || touched.some(({ type }) => type === id));
  return {
    objections: [
      ...FIELD_NAMES.filter((name) => description[name] === '').map(
        (name) => `${FIELDS[name].label} is missing: write ${FIELDS[name].asks}`,
      ),
      ...words
        .filter((word) => word !== NONE && !(CHANGE_TYPE_IDS as readonly string[]).includes(word))
        .map((word) => `Types names ${word}, which is none: there are ${CHANGE_TYPE_IDS.join(', ')}`),
      ...touched
        .filter(({ type }) => description.types !== '' && !declared.includes(type))
        .map(({ type, because }) => `Types leaves out ${type}: ${because[0]} is changed${more(because.length - 1)}`),
      ...objectionsToRisk(description.risk, types),
      ...(description.lever === '' ? [] : leverObjections(description.lever, types, releases)),
    ],
    touched,
    types,
    gates: gatesOf(types),
  };
}

const more = (count: number): string => (count > 0 ? `, and ${count} more` : '');

function objectionsToRisk(text: string, types: readonly ChangeTypeId[]): string[] {
  if (text === '') return [];
  const said = RISKS.find((risk) => risk === text.replaceAll('`', '').toLowerCase());
  if (said === undefined) return [`Risk is ${text}: write ${RISKS.join(', ')}`];
  const least = riskOf(types);
  return RISKS.indexOf(said) < RISKS.indexOf(least) ? [`Risk is ${said}: these types are ${least}`] : [];
}

function leverObjections(text: string, types: readonly ChangeTypeId[], releases: readonly string[]): string[] {
  const objection = objectionToLever(text, releases);
  if (objection !== null) return [`Rollback lever: ${objection}`];
  // A revert is a new release with its gates; what customers notice wants something that works within a minute or is built already.
  return types.length > 0 && /^`?revert/.test(text.trim())
    ? ['Rollback lever: `revert` is for changes without a type; name a template, flag, rule, pin or release']
    : [];
}

function riskOf(types: readonly ChangeTypeId[]): Risk {
  return RISKS.findLast((risk) => types.some((type) => changeType(type).risk === risk)) ?? 'low';
}

function gatesOf(types: readonly ChangeTypeId[]): GateId[] {
  const wanted = types.length === 0 ? (['checks', 'tests'] as const) : types.flatMap((type) => changeType(type).gates);
  return (Object.keys(GATES) as GateId[]).filter((gate) => (wanted as readonly GateId[]).includes(gate));
}

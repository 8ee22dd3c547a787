/** `templates macros`: the texts of the agents' macros, and how a workspace differs from what Frontdesk expects. */
import { TEAMS } from '../../events/words.ts';
import { type WorkspaceReader, workspaceReader } from '../../local/workspace/reader.ts';
import { transportTo, workspaceFrom } from '../../local/workspace/settings.ts';
import { LIBRARY } from '../../templates/generated/library.ts';
import { compareMacros, type Macro, type MacroComparison, macroTexts } from '../../templates/macros.ts';
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { type TagDrift, type TeamDrift, tagDrift, teamDrift } from '../helpdesk/drift.ts';
import { listNames } from '../helpdesk/lists.ts';
import { readMacroExport } from '../helpdesk/macro-export.ts';
import { findInstance, type Instance } from '../instance/instance.ts';
import { readMacros } from '../instance/sandbox.ts';
import { table } from '../table.ts';
import { count } from '../text.ts';
import { requireShop } from './config.ts';

/** `null`: nothing was there to compare with. */
type Drift = {
  readonly teams: TeamDrift | null;
  readonly tags: TagDrift | null;
  readonly macros: MacroComparison | null;
};

/**
 * The macro texts for agents, and how the workspace differs from them and from the configuration. Teams and tags come from
 * the running instance's sandbox, else with `RICHPANEL_API_KEY` from `RICHPANEL_BASE_URL`; macros from a file, else from the sandbox. Exit code 1
 * when something differs that somebody has to put right.
 */
export async function templateMacros(context: Context, options: { readonly export?: string }): Promise<Answer> {
  const macros = macroTexts(LIBRARY);
  const exported = options.export === undefined ? null : readMacroExport(options.export);
  const instance = findInstance(context);
  const workspace = readerOf(instance, context);
  const theirs = exported ?? (instance === null ? null : await readMacros(instance));
  const drift = await driftOf(context, workspace, theirs);
  const problems = problemsIn(drift);
  return {
    value: { macros, drift: { checked: workspace !== null || theirs !== null, ...drift, problems } },
    text: [
      ...macros.map(({ name, text, isFirstBatch, isForAgentsOnly }) => {
        const marks = [...(isFirstBatch ? ['first batch'] : []), ...(isForAgentsOnly ? ['agents only'] : [])];
        return `== ${name}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}\n${text}`;
      }),
      driftText(drift, problems),
    ].join('\n\n'),
    exitCode: problems.length === 0 ? 0 : 1,
  };
}

/** The running instance's sandbox, else the workspace of the environment; a real one's key is in no instance. */
function readerOf(instance: Instance | null, { variables }: Context): WorkspaceReader | null {
  const named =
    instance === null || instance.richpanelKey === ''
      ? variables
      : { RICHPANEL_API_KEY: instance.richpanelKey, RICHPANEL_BASE_URL: instance.richpanelUrl };
  if ((named.RICHPANEL_API_KEY ?? '').trim() === '') return null;
  const found = workspaceFrom(named);
  if (!found.ok) throw new Failure('no_workspace', found.problem, found.cure);
  return workspaceReader({ transport: transportTo(found.workspace), apiKey: found.workspace.apiKey });
}

async function driftOf(
  { variables }: Context,
  workspace: WorkspaceReader | null,
  theirs: readonly Macro[] | null,
): Promise<Drift> {
  const macros = theirs === null ? null : compareMacros(macroTexts(LIBRARY), theirs);
  if (workspace === null) return { teams: null, tags: null, macros };
  const { config } = requireShop(variables);
  const teams = teamDrift(await listNames(workspace, 'teams'), config.teams.available, TEAMS);
  return { teams, tags: tagDrift(await listNames(workspace, 'tags')), macros };
}

/** What somebody has to put right, one line each. */
function problemsIn({ teams, tags, macros }: Drift): string[] {
  return [
    ...unread('teams', teams),
    ...(teams?.missing ?? []).map((name) => `team ${name} is not in the workspace`),
    ...unread('tags', tags),
    ...(tags?.missingRoutes ?? []).map((name) => `tag ${name} is not in the workspace`),
    ...(macros?.macros ?? []).flatMap(({ name, state, adds }) => [
      ...(state === 'equal' || state === 'wording' ? [] : [`macro ${name}: ${state}`]),
      ...adds.map((what) => `macro ${name} adds ${ADDED[what]}, which blocks the next release of templates`),
    ]),
  ];
}

const ADDED = { promise: 'a promise', link: 'a link', address: 'an address' } as const;

function unread(what: string, part: TeamDrift | TagDrift | null): string[] {
  switch (part?.state) {
    case 'not_allowed':
      return [`${what} could not be compared: this key may not list them`];
    case 'not_readable':
      return [`${what} could not be compared: the helpdesk gave no list`];
    default:
      return [];
  }
}

function driftText({ teams, tags, macros }: Drift, problems: readonly string[]): string {
  if (teams === null && macros === null) {
    return 'Nothing to compare with: start with `npm start`, or name an export of the macros with --export.';
  }
  const rows = (macros?.macros ?? [])
    .filter(({ state }) => state !== 'equal')
    .map(({ name, state, similarity }) => [name, state, similarity]);
  const notes = [
    ...(teams?.notConfigured ?? []).map((name) => `team ${name} exists and is not in teams.available`),
    ...(tags?.otherCase ?? []).map((name) => `tag ${name} exists in another spelling`),
    ...(tags && tags.missingControls.length > 0
      ? [`${count(tags.missingControls.length, 'control tag')} not there yet (--json names them)`]
      : []),
    ...(macros?.flagged ?? []).map(({ name, findings }) => `macro ${name} holds ${findings.join(', ')}`),
  ];
  return [
    macros === null
      ? 'Macros were not compared: name an export with --export.'
      : table(['macro', 'state', 'alike'], rows, 'All macros are equal.'),
    ...notes.map((note) => `note: ${note}`),
    problems.length === 0 ? 'Nothing to put right.' : problems.map((problem) => `put right: ${problem}`).join('\n'),
  ].join('\n');
}

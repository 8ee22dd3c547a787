/** A run made smaller, as a value and as words on a command line: whoever has the words has the run. */
import { type FaultKind, type Fired, faultsAt } from '../kernel/faults.ts';
import { type RunOptions, type Script, scriptOf } from '../run.ts';
import type { Conversation } from '../scenario.ts';
import { FAULT_NAMES, type FaultName } from '../world/faults.ts';

export type PlannedFault = Pick<Fired, 'ordinal' | 'kind' | 'ms'>;

/** What is left of a run whose options stay as they were. */
export type Case = {
  /** Ids of conversations, and which of their acts are played. */
  readonly only: readonly { readonly id: string; readonly acts: readonly number[] }[];
  /** What besides the calls of ports goes wrong. */
  readonly kinds: readonly FaultName[];
  /** The faults of port calls; `null` draws them. */
  readonly at: readonly PlannedFault[] | null;
  /** Another world for the same conversations; 0 is the seed's own. */
  readonly draw: number;
};

/** As the words of it say; `only` alone is required. */
export type CaseWords = { readonly only: string; readonly with?: string; readonly at?: string; readonly draw?: string };

/** The run that is left of the one under `options`. */
export function optionsOf(options: RunOptions, { only, kinds, at, draw }: Case): RunOptions {
  const { plan: _plan, ...rest } = options;
  return {
    ...rest,
    seed: draw === 0 ? options.seed : `${options.seed}~${draw}`,
    faults: kinds,
    script: partOf(scriptOf(options), only),
    ...(at === null ? {} : { plan: faultsAt(at) }),
  };
}

function partOf(script: Script, only: Case['only']): Script {
  const kept = only.flatMap(({ id, acts }) => {
    const index = script.conversations.findIndex((one) => one.id === id);
    const conversation = script.conversations[index];
    return conversation ? [{ index, conversation: withActs(conversation, acts) }] : [];
  });
  return {
    conversations: kept.map(({ conversation }) => conversation),
    startsAtMs: kept.map(({ index }) => script.startsAtMs[index] ?? 0),
    lastsMs: script.lastsMs,
  };
}

function withActs(conversation: Conversation, kept: readonly number[]): Conversation {
  return { ...conversation, acts: conversation.acts.filter((_act, index) => kept.includes(index)) };
}

/** `--only conv-17:0.2 --with stale-read --at 57:crash-after,112:zombie:3000 --draw 3` */
export function wordsOf({ only, kinds, at, draw }: Case): string[] {
  const conversations = only.map(({ id, acts }) => `${id}:${acts.join('.')}`);
  const faults = at?.map(({ ordinal, kind, ms }) => `${ordinal}:${kind}${ms > 0 ? `:${ms}` : ''}`);
  return [
    ...['--only', conversations.join(',')],
    ...['--with', kinds.join(',') || 'none'],
    ...(faults ? ['--at', faults.join(',') || 'none'] : []),
    ...(draw > 0 ? ['--draw', String(draw)] : []),
  ];
}

/**
 * Reads the words again. A conversation may be named by its number (`conv-17`), without acts it has all.
 *
 * @throws Error that says what is wrong, in one line.
 */
export function caseOf(options: RunOptions, words: CaseWords): Case {
  const { conversations } = scriptOf(options);
  const only = listOf(words.only).map((word) => {
    const [name = '', acts] = word.split(':');
    const found = conversations.find(({ id }) => id === name || id.startsWith(`${name}-`));
    if (!found) throw new Error(`--only names no conversation of the run: "${name}"`);
    const kept = acts === undefined ? found.acts.map((_act, index) => index) : acts.split('.').map(Number);
    if (kept.some((index) => found.acts[index] === undefined))
      throw new Error(`${found.id} has ${found.acts.length} acts, from 0; not "${acts}"`);
    return { id: found.id, acts: kept };
  });
  const asked = options.faults === undefined || options.faults === 'none' ? [] : options.faults;
  const inForce = asked === 'all' ? FAULT_NAMES : asked;
  const kinds = words.with === undefined ? inForce : listOf(words.with).map(faultNamed);
  return {
    only,
    kinds,
    at: words.at === undefined ? null : listOf(words.at).map(plannedFault),
    draw: Number(words.draw ?? 0),
  };
}

const listOf = (text: string): string[] => (text === 'none' ? [] : text.split(',').map((word) => word.trim()));

function faultNamed(name: string): FaultName {
  const found = FAULT_NAMES.find((one) => one === name);
  if (!found) throw new Error(`unknown fault "${name}"; there are: ${FAULT_NAMES.join(', ')}`);
  return found;
}

function plannedFault(text: string): PlannedFault {
  const [ordinal = '', kind = '', ms = '0'] = text.split(':');
  if (!/^[1-9][0-9]*$/.test(ordinal)) throw new Error(`--at wants CALL:FAULT[:MS], not "${text}"`);
  return { ordinal: Number(ordinal), kind: faultNamed(kind) as FaultKind, ms: Number(ms) };
}

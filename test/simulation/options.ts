/** The options of `npm run simulate` (interfaces §5). */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { BUG_IDS } from './planted/bugs.ts';
import type { CaseWords } from './shrink/case.ts';
import { FAULT_NAMES, type FaultName } from './world/faults.ts';

export type Options = {
  readonly seed: string;
  /** `null`: as many as the minutes allow. */
  readonly conversations: number | null;
  readonly faults: 'none' | 'all' | readonly FaultName[];
  /** Wall time after which no further world begins. */
  readonly minutes: number | null;
  readonly workers: number;
  /** A planted bug (docs/planted-bugs.md): what the checker must find. */
  readonly plant: string | null;
  /** Real processes in place of worlds. */
  readonly wire: boolean;
  /** Becomes a data folder with what the run left. */
  readonly keep: string | null;
  readonly json: string | null;
  /** Of one world, which has the seed and the number of conversations as they are given: what a trace came down to. */
  readonly case: CaseWords | null;
};
export type ReadOptions =
  | { readonly ok: true; readonly options: Options }
  | { readonly ok: false; readonly says: string }
  | { readonly ok: 'help' };

const DEFAULT_CONVERSATIONS = 500;

export const HELP = `npm run simulate -- [options]

Runs invented conversations through the real function code in one thread per world, under a seeded scheduler, a virtual
clock and faults, replays the archive, and judges what the helpdesk saw. The same seed gives the same result. Exits 1 at
the first broken rule, with the seed, the step and the shortest trace that was found.

  --seed N            what everything is drawn from (1)
  --conversations N   how many (${DEFAULT_CONVERSATIONS}; with --minutes as many as fit)
  --faults LIST       none, all, or a comma list of: ${FAULT_NAMES.join(', ')} (all)
  --minutes M         begin no further world after M minutes of wall time
  --workers N         threads (as many as there are cores); the result does not depend on it
  --keep DIR          leave the run as a data folder for npm start -- --data DIR; its clocks then end before now
  --wire              run the product itself, with SDK clients and its state on disk, and kill -9 its processes
  --plant ID          remove one protection of the protocols first (docs/planted-bugs.md lists them): it must be found.
                      Exits 0 where a rule is broken that it is to break, with seed and trace, and 1 where none is
  --json FILE         write the result there instead of to standard output
  --only LIST         have one world again, with these conversations (conv-17, or conv-17:0.2 for two of its acts), as
                      the trace of a broken rule says; its --with, --at and --draw say what goes wrong there
  --help, --version
`;

export function readOptions(args: readonly string[]): ReadOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: '1' },
        conversations: { type: 'string' },
        faults: { type: 'string', default: 'all' },
        minutes: { type: 'string' },
        workers: { type: 'string' },
        keep: { type: 'string' },
        plant: { type: 'string' },
        wire: { type: 'boolean' },
        json: { type: 'string' },
        only: { type: 'string' },
        with: { type: 'string' },
        at: { type: 'string' },
        draw: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) return { ok: 'help' };
    const minutes = values.minutes === undefined ? null : positive('minutes', values.minutes);
    if (values.plant !== undefined && !(BUG_IDS as readonly string[]).includes(values.plant))
      throw new Error(`no planted bug "${values.plant}"; there are: ${BUG_IDS.join(', ')}`);
    const strange = (['keep', 'only', 'plant', 'workers'] as const).find((name) => values[name] !== undefined);
    if (values.wire && strange) throw new Error(`--${strange} is for simulated worlds, not for --wire`);
    if (values.keep !== undefined && values.plant !== undefined)
      throw new Error('--keep leaves no folder of a run with a planted bug');
    const whole = (name: 'conversations' | 'workers'): number | null =>
      values[name] === undefined ? null : wholeFromOne(name, values[name]);
    return {
      ok: true,
      options: {
        seed: values.seed,
        conversations: whole('conversations') ?? (minutes === null && !values.wire ? DEFAULT_CONVERSATIONS : null),
        faults: faultsOf(values.faults),
        minutes,
        workers: whole('workers') ?? availableParallelism(),
        keep: values.keep ?? null,
        plant: values.plant ?? null,
        wire: values.wire ?? false,
        json: values.json ?? null,
        case: caseIn(values),
      },
    };
  } catch (error) {
    return { ok: false, says: error instanceof Error ? error.message : String(error) };
  }
}

function caseIn({ only, with: kinds, at, draw }: Partial<CaseWords>): CaseWords | null {
  if (only !== undefined) return { only, ...(kinds && { with: kinds }), ...(at && { at }), ...(draw && { draw }) };
  if (kinds ?? at ?? draw) throw new Error('--with, --at and --draw say more about --only, which is missing');
  return null;
}

function wholeFromOne(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} wants a whole number from 1, not "${text}"`);
  return number;
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0 && number < Number.POSITIVE_INFINITY))
    throw new Error(`--${name} wants a number above 0, not "${text}"`);
  return number;
}

function faultsOf(text: string): Options['faults'] {
  if (text === 'none' || text === 'all') return text;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(FAULT_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new Error(`unknown fault "${unknown}"; there are: none, all, ${FAULT_NAMES.join(', ')}`);
  return names as FaultName[];
}

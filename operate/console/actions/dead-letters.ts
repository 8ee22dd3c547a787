/** Dead letters by cause, as `dlq` of the command line looks at them and hands them back. */
import * as v from 'valibot';
import { heldText, MOST_A_BATCH, type Row, readLetters, redriveLetters, showLetter } from '../../commands/dlq.ts';
import { type Advice, adviceOn } from '../../dead-letters/advice.ts';
import { action } from '../desk/action.ts';

export type LetterGroup = {
  readonly cause: string;
  readonly advice: Advice;
  /** The oldest first. */
  readonly letters: readonly Row[];
};

export type SeenLetters = {
  readonly groups: readonly LetterGroup[];
  /** What this look could not see; `null` where it saw everything. */
  readonly unseen: string | null;
};

/** The cause that most letters have comes first. */
function groupsOf(rows: readonly Row[]): readonly LetterGroup[] {
  return [...Map.groupBy(rows, ({ cause }) => cause)]
    .map(([cause, letters]) => ({ cause, advice: adviceOn(cause), letters }))
    .toSorted((one, other) => other.letters.length - one.letters.length);
}

export const DEAD_LETTER_ACTIONS = [
  action({
    name: 'dead-letters',
    kind: 'read',
    input: v.object({}),
    async run(context) {
      const { rows, elsewhere } = await readLetters(context);
      const seen: SeenLetters = { groups: groupsOf(rows), unseen: elsewhere === 0 ? null : heldText(elsewhere) };
      return { value: seen };
    },
  }),
  action({
    name: 'dead-letter',
    kind: 'read',
    input: v.strictObject({ id: v.string() }),
    run: (context, { id }) => showLetter(context, id),
  }),
  action({
    name: 'redrive',
    kind: 'act',
    input: v.strictObject({
      cause: v.string(),
      max: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_A_BATCH)),
      yes: v.optional(v.boolean()),
    }),
    run: (context, { cause, max, yes }) =>
      redriveLetters(context, { cause, max: String(max), ...(yes !== undefined && { yes }) }),
  }),
];

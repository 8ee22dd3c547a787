/** What of a finished run goes into a data folder, as plain values: they can cross from the thread that simulated. */
import { FIRST_GENERATION, modelIn, POINTER, splitModel } from '../../../functions/auditor/generations.ts';
import type { Comment } from '../../../functions/shared/ports.ts';
import { reveal } from '../../../functions/shared/restricted.ts';
import type { Item, TableName } from '../../../functions/shared/store/language.ts';
import type { PublishedFact, StatusFact, TagsFact } from '../facts.ts';
import type { Run } from '../run.ts';
import type { Opening } from '../world/helpdesk.ts';
import type { ParameterVersion } from '../world/parameters.ts';

/** Something that happened to a ticket; `at` is epoch milliseconds of the simulated clock, as everywhere here. */
export type Happening =
  | { readonly kind: 'comment'; readonly at: number; readonly comment: KeptComment }
  | Pick<TagsFact, 'kind' | 'at' | 'by' | 'added' | 'removed'>
  | Pick<StatusFact, 'kind' | 'at' | 'by' | 'status'>;

/** With its words, which the helpdesk's store of the folder holds. */
type KeptComment = Omit<Comment, 'text'> & { readonly text: string };

export type KeptTicket = {
  readonly opening: Opening;
  /** In the order of time. */
  readonly happenings: readonly Happening[];
  /** What the happenings must come to. */
  readonly status: 'open' | 'closed';
  readonly tags: readonly string[];
};

export type KeptEvent = Pick<PublishedFact, 'at' | 'source' | 'detailType' | 'detail'>;

export type KeptWorld = {
  readonly endedAt: number;
  readonly tables: readonly (readonly [TableName, readonly Item[]])[];
  readonly events: readonly KeptEvent[];
  readonly parameters: readonly ParameterVersion[];
  readonly tickets: readonly KeptTicket[];
};

/**
 * Throws for a run that did not come to rest: its folder would go on with it. What stood in failure queues stays behind: all
 * that it was about is settled, so it is left as an operator leaves it who redrives what failed.
 */
export function kept({ world, account, isQuiet }: Run): KeptWorld {
  if (!isQuiet) throw new Error('a run that has not come to rest cannot be kept');
  const done = new Map<string, Happening[]>();
  for (const fact of account.facts) {
    if (fact.kind !== 'tags' && fact.kind !== 'status') continue;
    const { conversationId, ...happening } = fact;
    const known = done.get(conversationId);
    if (known === undefined) done.set(conversationId, [happening]);
    else known.push(happening);
  }
  return {
    endedAt: world.scheduler.clock.now(),
    tables: [...world.tables].map(([table, rows]) => [
      table,
      table === 'read_models' ? rowsInForce([...rows.values()]) : [...rows.values()],
    ]),
    events: account.facts.flatMap((fact) =>
      fact.kind === 'published'
        ? [{ at: fact.at, source: fact.source, detailType: fact.detailType, detail: fact.detail }]
        : [],
    ),
    parameters: [...world.parameters.versions],
    tickets: world.helpdesk.stored().map(({ opening, comments, status, tags }) => {
      const written = comments.map(({ comment }) => {
        const { createdAt: at, text } = comment;
        return { kind: 'comment', at, comment: { ...comment, text: reveal(text) } } as const;
      });
      const happenings: Happening[] = [...written, ...(done.get(opening.conversationId) ?? [])];
      // Stable: what happened at one time stays in the order of its kind.
      return { opening, happenings: happenings.toSorted((left, right) => left.at - right.at), status, tags: [...tags] };
    }),
  };
}

/** Worlds have pointers of their own, and a folder has one: what is in force becomes its first generation. */
function rowsInForce(rows: readonly Item[]): Item[] {
  const pointer = rows.find(({ model, key }) => model === POINTER.model && key === POINTER.key);
  const current = String(pointer?.current ?? FIRST_GENERATION);
  return rows
    .filter((row) => row !== pointer)
    .map((row) => ({ row, ...splitModel(String(row.model)) }))
    .filter(({ generation }) => generation === current)
    .map(({ row, model }) => ({ ...row, model: modelIn(FIRST_GENERATION, model) }));
}

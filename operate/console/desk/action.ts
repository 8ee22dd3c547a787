/** One thing that the console can be asked. */
import type * as v from 'valibot';
import type { Answer, Context } from '../../context.ts';

/**
 * `read` changes nothing and answers when it is done. `act` changes something. `job` takes long: it is answered at once with a
 * number, and its progress and its end come over the stream.
 */
export type ActionKind = 'read' | 'act' | 'job';

type Found = Pick<Answer, 'value'> & Partial<Answer>;

export type Action = {
  /** Its path below `/api/`, in kebab-case. */
  readonly name: string;
  readonly kind: ActionKind;
  /** `aws` for what a deployed stage can be asked as well. */
  readonly reaches?: 'aws';
  readonly input: v.GenericSchema;
  run(context: Context, input: unknown): Promise<Found> | Found;
};

/** Ties the input of `run` to its schema. */
export function action<const S extends v.GenericSchema>(one: {
  readonly name: string;
  readonly kind: ActionKind;
  readonly reaches?: 'aws';
  readonly input: S;
  readonly run: (context: Context, input: v.InferOutput<S>) => Promise<Found> | Found;
}): Action {
  return { ...one, run: (context, input) => one.run(context, input as v.InferOutput<S>) };
}

/** One thing that the console can be asked. */
import type * as v from 'valibot';
import type { Answer, Context } from '../../context.ts';
import type { DeskSettings } from './messages.ts';

/**
 * `read` changes nothing and answers when it is done. `act` changes something. `job` takes long: it is answered at once with a
 * number, and its progress and its end come over the stream.
 */
export type ActionKind = 'read' | 'act' | 'job';

type Found = Pick<Answer, 'value'> & Partial<Answer>;

/** What a command is given, and where the console's own files go. */
export type DeskContext = Context & Pick<DeskSettings, 'downloadsDir'>;

/** Of a desk, for a further thread of it. */
export function settingsOf({
  dataDir,
  dataDirGiven,
  downloadsDir,
  target,
  stage,
  variables,
}: DeskContext): DeskSettings {
  return { dataDir, dataDirGiven, downloadsDir, target, stage, variables };
}

export type Action = {
  /** Its path below `/api/`, in kebab-case. */
  readonly name: string;
  readonly kind: ActionKind;
  /** `aws` for what a deployed stage can be asked as well. */
  readonly reaches?: 'aws';
  readonly input: v.GenericSchema;
  /** What a job is about, for whoever sees it go on: codes and names. */
  about?(input: unknown): Readonly<Record<string, string>>;
  run(context: DeskContext, input: unknown): Promise<Found> | Found;
};

/** Ties the input of `run` to its schema. */
export function action<const S extends v.GenericSchema>(one: {
  readonly name: string;
  readonly kind: ActionKind;
  readonly reaches?: 'aws';
  readonly input: S;
  readonly about?: (input: v.InferOutput<S>) => Readonly<Record<string, string>>;
  readonly run: (context: DeskContext, input: v.InferOutput<S>) => Promise<Found> | Found;
}): Action {
  const { about } = one;
  return {
    ...one,
    ...(about !== undefined && { about: (input: unknown) => about(input as v.InferOutput<S>) }),
    run: (context: DeskContext, input: unknown) => one.run(context, input as v.InferOutput<S>),
  } as Action;
}

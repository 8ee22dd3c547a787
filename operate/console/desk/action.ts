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
  readonly input: v.GenericSchema;
  run(context: DeskContext, input: unknown): Promise<Found> | Found;
};

/** Ties the input of `run` to its schema. */
export function action<const S extends v.GenericSchema>(one: {
  readonly name: string;
  readonly kind: ActionKind;
  readonly input: S;
  readonly run: (context: DeskContext, input: v.InferOutput<S>) => Promise<Found> | Found;
}): Action {
  return { ...one, run: (context, input) => one.run(context, input as v.InferOutput<S>) };
}

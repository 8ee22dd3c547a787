/** Everything that the console can be told to do, each with an input that its own schema takes: what a new page adds is among them. */
import * as v from 'valibot';
import { ACTIONS } from '../../../operate/console/actions.ts';

export type Post = { readonly path: string; readonly body: string };

export function consolePosts(): readonly Post[] {
  return ACTIONS.filter(({ kind }) => kind !== 'read').map(({ name, input }) => {
    const sample = sampleOf(input);
    if (!v.safeParse(input, sample).success)
      throw new Error(`${name} takes another input than what is made here of its schema: teach sampleOf its fields`);
    return { path: `/api/${name}`, body: JSON.stringify(sample) };
  });
}

type Schema = {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly options?: readonly unknown[];
  readonly wrapped?: Schema;
  readonly pipe?: readonly { readonly type: string }[];
};

/** The least that a schema takes. */
function sampleOf(given: unknown): unknown {
  const { type, entries = {}, options = [], wrapped, pipe = [] } = given as Schema;
  switch (type) {
    case 'object':
    case 'strict_object':
    case 'loose_object':
      return Object.fromEntries(
        Object.entries(entries)
          .filter(([, field]) => !['optional', 'exact_optional'].includes(field.type))
          .map(([name, field]) => [name, sampleOf(field)]),
      );
    case 'picklist':
      return options[0];
    case 'union':
    case 'variant':
      return sampleOf(options[0]);
    case 'nullable':
      return wrapped === undefined ? null : sampleOf(wrapped);
    case 'string':
      if (pipe.some((step) => step.type === 'iso_timestamp')) return '2026-01-31T09:30:00.000Z';
      return pipe.some((step) => step.type === 'uuid') ? '0f8fad5b-d9cb-469f-a165-70867728950e' : 'anything';
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    default:
      return {};
  }
}

import type { Labelled } from '../../../actions/quality.ts';

/** Two people label without knowing of each other: what was said is shown to whoever said it, and where it is to be settled. */
export const isShownTo = (labeller: string, { by, state }: Labelled): boolean =>
  state === 'disputed' || by.includes(labeller);

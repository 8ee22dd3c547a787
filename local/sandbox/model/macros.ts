/** The workspace's macros: texts that agents pick by hand in the helpdesk's own surface. No API lists them (§8). */
import * as v from 'valibot';
import { LIBRARY } from '../../../templates/generated/library.ts';
import { macroTexts } from '../../../templates/macros.ts';

export const Macro = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  text: v.pipe(v.string(), v.maxLength(20_000)),
});
export type Macro = v.InferOutput<typeof Macro>;

/** The agents' copies of our templates as they should be, and two macros from before them. */
export const DEFAULT_MACROS: readonly Macro[] = [
  ...macroTexts(LIBRARY).map(({ name, text }) => ({ name, text })),
  { name: 'ORDERS: Tracking Request', text: 'Hi %First Name%,\nYou can follow your parcel here: %Order Tracking URL%' },
  {
    name: 'ORDERS: Package Delivered',
    text: 'Hi %First Name%,\nIt was delivered to INSERT ADDRESS. Is it with a neighbor?',
  },
];

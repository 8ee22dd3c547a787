/** Everything that the console can be asked, in one table: the commands of the command line, each with the input that it takes. */
import * as v from 'valibot';
import { status } from '../commands/status.ts';
import { QUALITY_ACTIONS } from './actions/quality.ts';
import { SWITCH_ACTIONS } from './actions/switches.ts';
import { WHAT_IF_ACTIONS } from './actions/what-if.ts';
import { type Action, action } from './desk/action.ts';

export const ACTIONS: readonly Action[] = [
  action({ name: 'status', kind: 'read', input: v.object({}), run: (context) => status(context) }),
  ...SWITCH_ACTIONS,
  ...WHAT_IF_ACTIONS,
  ...QUALITY_ACTIONS,
];

/** `undefined` where there is none of that name. */
export function actionNamed(name: string): Action | undefined {
  return ACTIONS.find((one) => one.name === name);
}

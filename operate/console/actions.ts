/** Everything that the console can be asked, in one table: the commands of the command line, each with the input that it takes. */
import * as v from 'valibot';
import { stageStatus } from '../commands/stage-status.ts';
import { status } from '../commands/status.ts';
import { CONVERSATION_ACTIONS } from './actions/conversations.ts';
import { COST_ACTIONS } from './actions/cost.ts';
import { DEAD_LETTER_ACTIONS } from './actions/dead-letters.ts';
import { LIVE_ACTIONS } from './actions/live.ts';
import { QUALITY_ACTIONS } from './actions/quality.ts';
import { REPLAY_ACTIONS } from './actions/replay.ts';
import { REPORT_ACTIONS } from './actions/reports.ts';
import { SWITCH_ACTIONS } from './actions/switches.ts';
import { TRY_ACTIONS } from './actions/try.ts';
import { WHAT_IF_ACTIONS } from './actions/what-if.ts';
import { type Action, action } from './desk/action.ts';

export const ACTIONS: readonly Action[] = [
  ...LIVE_ACTIONS,
  action({
    name: 'status',
    kind: 'read',
    reaches: 'aws',
    input: v.object({}),
    run: (context) => (context.target === 'aws' ? stageStatus(context) : status(context)),
  }),
  ...CONVERSATION_ACTIONS,
  ...COST_ACTIONS,
  ...SWITCH_ACTIONS,
  ...REPLAY_ACTIONS,
  ...DEAD_LETTER_ACTIONS,
  ...TRY_ACTIONS,
  ...WHAT_IF_ACTIONS,
  ...QUALITY_ACTIONS,
  ...REPORT_ACTIONS,
];

/** `undefined` where there is none of that name. */
export function actionNamed(name: string): Action | undefined {
  return ACTIONS.find((one) => one.name === name);
}

/** The kill switch, as `stop` and `resume` of the command line pull it. */
import * as v from 'valibot';
import { resume } from '../../commands/resume.ts';
import { stop } from '../../commands/stop.ts';
import { LEVEL_NAMES } from '../../switches/levels.ts';
import { action } from '../desk/action.ts';

const Level = v.picklist(LEVEL_NAMES);
const Reason = v.pipe(v.string(), v.trim(), v.minLength(1));

export const SWITCH_ACTIONS = [
  action({
    name: 'stop',
    kind: 'job',
    reaches: 'aws',
    input: v.strictObject({ level: Level, only: v.optional(v.string()), reason: Reason }),
    run: (context, { level, reason, only }) => stop(context, { level, reason, ...(only !== undefined && { only }) }),
  }),
  action({
    name: 'resume',
    kind: 'job',
    reaches: 'aws',
    input: v.strictObject({
      level: Level,
      only: v.optional(v.string()),
      reason: Reason,
      override: v.optional(v.boolean()),
    }),
    run: (context, { level, reason, only, override }) =>
      resume(context, {
        level,
        reason,
        ...(only !== undefined && { only }),
        ...(override !== undefined && { override }),
      }),
  }),
];

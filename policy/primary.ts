/** Which classifier decides in a stage, and whether it may decide replies (architecture §6). */
import type { DecisionInput } from '../events/decision.ts';

export type Primary = {
  /** `model`: over the network; `builtIn`: without. */
  readonly classifier: 'model' | 'builtIn';
  readonly mayReply: boolean;
};

/** @param hasModel  the stage is set up to ask one; whether its key is there shows when it is asked. */
export function primaryClassifier(
  stage: DecisionInput['setup']['stage'],
  hasModel: boolean,
  flags: Pick<DecisionInput['flags'], 'openai_enabled' | 'embedded_replies_enabled'>,
): Primary {
  if (hasModel && flags.openai_enabled) return { classifier: 'model', mayReply: true };
  return { classifier: 'builtIn', mayReply: stage === 'local' || flags.embedded_replies_enabled };
}

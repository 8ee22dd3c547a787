/** Version strings of what this folder decides with; they travel in every decision input (decisions §3.10). */
import type { DecisionInput } from '../events/decision.ts';

type ClassifierKind = NonNullable<DecisionInput['classifier']['kind']>;

export const TAXONOMY_VERSION = '1.0.0';
/** Gates, matrix, template choice and final table. */
export const POLICY_VERSION = '1.1.0';
export const THRESHOLDS_VERSION = '1.1.0';
/** Intent to team, and the substitutes of missing teams. */
export const ROUTING_VERSION = '1.0.0';

/** The maps that make raw scores of each kind into calibrated ones (decisions §5.4). */
export const CALIBRATION_VERSIONS: Readonly<Record<ClassifierKind, string>> = {
  openai: 'identity@1.0.0',
  embedded: 'identity@1.0.0',
  keyword: 'identity@1.0.0',
};

/** The classifier versions that stand behind each kind; the thresholds were fitted on exactly these (decisions §5.5). */
export const CLASSIFIER_VERSIONS: Readonly<Record<ClassifierKind, string>> = {
  openai: 'routing_prompt@1.0.0',
  embedded: 'embedded@1.0.0',
  keyword: 'keyword@1.0.1',
};

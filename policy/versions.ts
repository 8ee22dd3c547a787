/** Version strings of what this folder decides with; they travel in every decision input (decisions §3.10). */
import type { DecisionInput } from '../events/decision.ts';

export type ClassifierKind = NonNullable<DecisionInput['classifier']['kind']>;

export const TAXONOMY_VERSION = '1.0.0';
/** Gates, matrix, template choice and final table. */
export const POLICY_VERSION = '1.4.0';
export const THRESHOLDS_VERSION = '1.2.0';
/** Intent to team, and the substitutes of missing teams. */
export const ROUTING_VERSION = '1.0.0';

/** The maps that make raw scores of each kind into calibrated ones (decisions §5.4). */
export const CALIBRATION_VERSIONS: Readonly<Record<ClassifierKind, string>> = {
  openai: 'identity@1.0.0',
  embedded: 'embedded-map@1.0.0',
  keyword: 'identity@1.0.0',
};

/** The classifier version that runs behind each kind; `THRESHOLDS.fittedOn` pins those it may reply under (decisions §5.5). */
export const CLASSIFIER_VERSIONS: Readonly<Record<ClassifierKind, string>> = {
  openai: 'routing_prompt@1.0.0',
  embedded: 'embedded@1.0.0',
  keyword: 'keyword@1.0.1',
};

/** Models that the thresholds stand for; a dated snapshot of one counts as that model. */
const FITTED_MODELS: readonly string[] = ['gpt-5-mini'];
const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/;

/** Version of the `openai` classifier with this model: another than the thresholds were fitted on makes it another version, which routes only (decisions §5.5). */
export function openAiVersion(model: string): string {
  const prompt = CLASSIFIER_VERSIONS.openai;
  return FITTED_MODELS.includes(model.replace(SNAPSHOT, '')) ? prompt : `${model}+${prompt}`;
}

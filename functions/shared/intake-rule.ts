/** Name of the rule that hands what came in to `classify` (platform §4.10, §11.4). */
export const INTAKE_RULE = 'classify-intake';

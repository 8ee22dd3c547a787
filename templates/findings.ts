/** What is wrong with a template file: which rule, where, and what to do about it. */

export type LintRule =
  `TL${'01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10' | '11' | '12' | '13' | '14' | '15' | '16' | '17' | '18' | '19' | '20' | '21'}`;

export type Finding = {
  readonly rule: LintRule | 'format';
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly problem: string;
  readonly cure: string;
};

export function finding(
  rule: Finding['rule'],
  file: string,
  line: number,
  problem: string,
  cure: string,
  severity: Finding['severity'] = 'error',
): Finding {
  return { rule, severity, file, line, problem, cure };
}

/** `templates/t_x/en.email.md:7: TL07 has a literal URL. Use a variable.` */
export function formatFinding({ rule, severity, file, line, problem, cure }: Finding): string {
  const mark = severity === 'warning' ? ' (warning)' : '';
  return `${file}:${line}: ${rule}${mark} ${problem}. ${cure}`;
}

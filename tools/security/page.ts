/** `docs/security.md`: the written introduction, then which control holds which threat off, and what says so. Pure. */
import type { Control } from '../../test/security/control.ts';
import { type Results, resultOf } from '../../test/security/results.ts';
import { OWASP_LLM, THREAT_MODEL, type Threat } from '../../test/security/threats.ts';
import { table } from '../catalogue/table.ts';

const HEAD = '<!-- Written by tools/security-page.ts from tools/security/intro.md and test/security/; not by hand. -->';
const COLUMNS = ['threat', 'control', 'test that fails without it', 'last run without it'];

type Rows = Readonly<Record<string, { readonly title: string; readonly open?: string }>>;

export function securityPage(intro: string, controls: readonly Control[], results: Results): string {
  const rowsOf = (threats: Rows): string[][] =>
    Object.entries(threats).flatMap(([id, named]) => threatRows(id as Threat, named, controls, results));
  const lines = [
    HEAD,
    intro.trimEnd(),
    '',
    '## Threats',
    '',
    ...table(COLUMNS, rowsOf(THREAT_MODEL)),
    '',
    '## OWASP Top 10 for LLM Applications 2026',
    '',
    ...table(COLUMNS, rowsOf(OWASP_LLM)),
  ];
  return `${lines.join('\n')}\n`;
}

/** A row a control, and one for what is still to come; the threat is named in the first. */
function threatRows(id: Threat, { title, open }: Rows[string], controls: readonly Control[], results: Results) {
  const rows = controls
    .filter(({ threats }) => threats.includes(id))
    .map((control) => [control.control, linkTo(control.test), resultCell(control, results)]);
  const all = open === undefined ? rows : [...rows, [`Not here: ${open}`, '–', '–']];
  const name = `${id} ${title}`;
  if (all.length === 0) return [[name, '**no control**', '–', '–']];
  return all.map((row, index) => [index === 0 ? name : '', ...row]);
}

function resultCell(control: Control, results: Results): string {
  const result = resultOf(results, control);
  if (result === undefined) return 'not run as it stands';
  return `${result.result}, ${result.commit}`;
}

function linkTo(file: string): string {
  return `[${file}](../${file})`;
}

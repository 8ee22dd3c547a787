/** The runbooks as they stand in docs/runbooks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../local/platform/release.ts';
import { type Page, pageOf } from './page.ts';

const FOLDER = join(ROOT, 'docs/runbooks');

/** `R001` … */
export const RUNBOOK_IDS: readonly string[] = readdirSync(FOLDER)
  .flatMap((name) => /^(R\d{3})\.md$/.exec(name)?.[1] ?? [])
  .toSorted();

export const indexText = (): string => readFileSync(join(FOLDER, 'README.md'), 'utf8');
export const runbookText = (id: string): string => readFileSync(join(FOLDER, `${id}.md`), 'utf8');
export const runbookOf = (id: string): Page => pageOf(runbookText(id));

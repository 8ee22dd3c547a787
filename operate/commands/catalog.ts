/** `catalog export`: the contract of every event, for whoever wants to listen. */
import { resolve } from 'node:path';
import type { Answer } from '../context.ts';
import { Failure } from '../failure.ts';
import { count } from '../text.ts';

export async function exportCatalog(options: { readonly out: string }): Promise<Answer> {
  // Read on demand: schemas and their converter cost more to load than all other commands together.
  const { exportCatalogue } = await import('../../tools/catalogue/export.ts');
  const folder = resolve(options.out);
  let files: readonly string[];
  try {
    files = exportCatalogue(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure(
      'not_written',
      `${options.out} cannot be written (${code})`,
      'name a folder you may write to with --out',
    );
  }
  return { value: { folder, files }, text: `${count(files.length, 'file')} in ${options.out}; begin with README.md` };
}

/** Everything that derives from the catalogue, as files. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CATALOGUE, EVENT_NAMES } from '../../events/catalogue.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { DECLARATIONS } from '../../stacks/topology-rules.ts';
import { asyncApiDocument } from './asyncapi.ts';
import { detailSchema } from './json-schema.ts';
import { jsonText } from './json-text.ts';
import { eventPage, indexPage, pageName, shapesPage } from './markdown.ts';

/** Path below the output folder → content. */
export function catalogueFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', indexPage(DECLARATIONS)],
    ['shapes.md', shapesPage()],
    ['asyncapi.json', jsonText(asyncApiDocument(CATALOGUE, DECLARATIONS, packageFile.version))],
    ...EVENT_NAMES.flatMap((name): [string, string][] => [
      [pageName(name), eventPage(CATALOGUE[name], DECLARATIONS)],
      [`schemas/${name}.json`, jsonText(detailSchema(CATALOGUE[name]))],
    ]),
  ]);
}

/** Writes JSON Schemas, AsyncAPI document and a Markdown page per event into a folder, and answers with the paths written. */
export function exportCatalogue(folder: string): string[] {
  const files = catalogueFiles();
  for (const [path, content] of files) {
    const whole = join(folder, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, content);
  }
  return [...files.keys()];
}

/** As `exportCatalogue`, into a folder that holds nothing else: pages of events that are gone go too. */
export function replaceCatalogue(folder: string): string[] {
  rmSync(folder, { recursive: true, force: true });
  return exportCatalogue(folder);
}

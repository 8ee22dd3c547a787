/** Licences and copyright lines of the packages that are built into what is deployed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageName } from './lock.ts';
import { LICENCE_OF } from './reviewed.ts';

export type Notice = {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Its licence and notice files as they are; empty where the package comes without. */
  readonly texts: readonly string[];
};

const TEXT_FILE = /^(?:licen[cs]e|notice|copying)(?:[-.].*)?$/i;

/** Folders of the packages that inputs of a bundle lie in, sorted. */
export function packageFolders(inputs: readonly string[]): string[] {
  const folders = inputs.filter((path) => path.includes('node_modules/')).map(folderOf);
  return [...new Set(folders)].toSorted();
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('node_modules/') + 'node_modules/'.length;
  return `${path.slice(0, end)}${packageName(path)}`;
}

export function readNotice(root: string, folder: string): Notice {
  const path = join(root, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const files = readdirSync(path).filter((file) => TEXT_FILE.test(file));
  return {
    name,
    version,
    licence: license ?? LICENCE_OF[name] ?? 'none named',
    texts: files.toSorted().map((file) => readFileSync(join(path, file), 'utf8').trim()),
  };
}

/** One text for all: each package, then each text once, under the packages it is of. */
export function noticesText(notices: readonly Notice[]): string {
  const ofText = new Map<string, string[]>();
  for (const { name, version, texts } of notices)
    for (const text of texts) ofText.set(text, [...(ofText.get(text) ?? []), `${name} ${version}`]);
  const list = notices.map(
    ({ name, version, licence, texts }) =>
      `${name} ${version}: ${licence}${texts.length === 0 ? ' (no text in the package)' : ''}`,
  );
  const sections = [...ofText].map(([text, names]) => `${names.join(', ')}\n\n${text}`);
  return ['What this software contains of others', list.join('\n'), ...sections]
    .join(`\n\n${'-'.repeat(80)}\n\n`)
    .concat('\n');
}

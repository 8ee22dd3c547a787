/** Makes the folder of a consumer and enters it in the two lists; takes both away again. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FUNCTIONS } from '../../events/words.ts';
import { STANDING_SETTINGS } from '../../functions/shared/function-settings.ts';
import { Failure, misuse } from '../failure.ts';
import { NAMES_FILE, namesIn, PARTS_FILE, partsText, withNames } from './registry.ts';
import { consumerFiles } from './template.ts';

/** Names of queues, roles and rules are made of it, the longest of which may have 64 characters. */
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const MOST_CHARS = 24;
/** Folders of more than one function, or of none. */
const TAKEN: readonly string[] = ['shared', 'responder', ...FUNCTIONS, ...STANDING_SETTINGS.map(({ name }) => name)];

/** Paths below the repository, in the order in which they are written, or taken away. */
export type Change = { readonly made: readonly string[]; readonly changed: readonly string[] };

/** Refuses a name that cannot be, is taken, or whose folder exists. */
export function planNew(root: string, name: string): Change {
  if (!NAME.test(name) || name.length < 2 || name.length > MOST_CHARS)
    throw misuse(
      'bad_name',
      'this is no name for a consumer',
      `write 2 to ${MOST_CHARS} small letters and digits, words joined by -, beginning with a letter: order-counts`,
    );
  if (TAKEN.includes(name) || namesOf(root).includes(name) || existsSync(folderOf(root, name)))
    throw new Failure('exists', `functions/${name} is there, or the name is another's`, 'choose another name');
  return { made: Object.keys(consumerFiles(name)), changed: [NAMES_FILE, PARTS_FILE] };
}

/** The lists last: whoever is interrupted has a folder that nobody refers to. */
export function makeConsumer(root: string, name: string): void {
  planNew(root, name);
  for (const [file, text] of Object.entries(consumerFiles(name))) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text, { flag: 'wx' });
  }
  enter(root, [...namesOf(root), name].toSorted());
}

/** Refuses what the command did not make: a function that messages need, or `analytics`, which the specification names. */
export function planRemoval(root: string, name: string): Change {
  if (!namesOf(root).includes(name) || TAKEN.includes(name))
    throw new Failure(
      'no_such_consumer',
      'there is no such consumer that could be taken away',
      `these can: ${removable(root).join(', ') || 'none'}`,
    );
  return { made: [`functions/${name}/`], changed: [NAMES_FILE, PARTS_FILE] };
}

export function removeConsumer(root: string, name: string): void {
  planRemoval(root, name);
  enter(
    root,
    namesOf(root).filter((one) => one !== name),
  );
  rmSync(folderOf(root, name), { recursive: true, force: true });
}

function enter(root: string, names: readonly string[]): void {
  const list = join(root, NAMES_FILE);
  writeFileSync(list, withNames(readFileSync(list, 'utf8'), names));
  writeFileSync(join(root, PARTS_FILE), partsText(names));
}

const removable = (root: string): string[] => namesOf(root).filter((name) => !TAKEN.includes(name));
const namesOf = (root: string): string[] => namesIn(readFileSync(join(root, NAMES_FILE), 'utf8'));
const folderOf = (root: string, name: string): string => join(root, 'functions', name);

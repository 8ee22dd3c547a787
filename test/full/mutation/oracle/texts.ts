/** What customers might write: every invented message of the repository, and what chance makes of it. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../sample.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const SOURCES = [
  'local/demo/messages.jsonl',
  'policy/text/testdata/*.jsonl',
  'policy/testdata-acceptance/*.jsonl',
] as const;
/** Texts that are long on purpose, for limits, would take the time of a hundred others. */
const LONGEST = 3_000;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'ο',
  c: 'с',
  i: 'і',
  p: 'р',
  t: 'τ',
  h: 'һ',
  s: 'ѕ',
};
const SIGNS: Readonly<Record<string, string>> = { a: '4', e: '3', o: '0', i: '1', s: '5', t: '7', l: '1' };

/** Texts that the repository holds, each once, then as many changed ones as make `count` in all. */
export function texts(count: number, random: Random): string[] {
  const held = [...new Set(heldTexts())].filter((text) => text.length <= LONGEST);
  const made = Array.from({ length: Math.max(0, count - held.length) }, () => changed(held, random));
  return [...held, ...made];
}

function heldTexts(): string[] {
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT }).sort());
  return files.flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .flatMap((line) => {
        const { text }: { text?: unknown } = Object(JSON.parse(line));
        return typeof text === 'string' ? [text] : [];
      }),
  );
}

function changed(held: readonly string[], random: Random): string {
  const text = one(held, random);
  const words = text.split(' ');
  const from = Math.floor(random() * words.length);
  const changes: readonly (() => string)[] = [
    () => `${text} ${one(held, random)}`,
    () => `${text}\n\nOn Mon, Jan 5, 2026 at 9:14 AM Shop <help@shop.example> wrote:\n> ${one(held, random)}`,
    () => words.slice(0, from + 1).join(' '),
    () => words.slice(from).join(' '),
    () => words.toSpliced(from, 1).join(' '),
    () => typo(text, random),
    () => typo(text, random),
    () => swapped(text, LOOK_ALIKES, random),
    () => swapped(text, SIGNS, random),
    () => words.toSpliced(from, 1, [...(words[from] ?? '')].join(' ')).join(' '),
    () => text.toUpperCase(),
    () => text.replaceAll(/[.!?,;]/g, ''),
    () => `${text} Sent from my iPhone`,
  ];
  return one(changes, random)();
}

function typo(text: string, random: Random): string {
  const at = Math.floor(random() * text.length);
  const kind = random();
  if (kind < 0.4) return text.slice(0, at) + text.slice(at + 1);
  if (kind < 0.7) return text.slice(0, at) + text.slice(at, at + 1) + text.slice(at);
  return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
}

/** Two neighbouring words disguised, so that no single letter is left to guess by. */
function swapped(text: string, table: Readonly<Record<string, string>>, random: Random): string {
  const words = text.split(' ');
  const at = Math.floor(random() * words.length);
  return words
    .map((word, index) => (index === at || index === at + 1 ? [...word].map((c) => table[c] ?? c).join('') : word))
    .join(' ');
}

export function one<T>(list: readonly T[], random: Random): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}

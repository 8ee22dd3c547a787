/** Leaks as they would come about, each put into a file of the kind that the channel has; the scan has to find every one. */
import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { openDatabase } from '../../../local/aws/database.ts';
import { compressEvents } from '../../../local/aws/eventbridge/packs.ts';
import { ACCENTED_WORD, DIGITS, fullWidth, HARD_WORD, PROSE_WORD } from './marks.ts';

export type Planted = {
  readonly channel: string;
  readonly how: string;
  /** Writes it into the folder. */
  readonly plant: (folder: string) => void | Promise<void>;
  /** What the scan has to say of it. */
  readonly mark: string;
  readonly encoding: string;
  /** Where it can be seen, where that is not every way in. */
  readonly seenIn?: readonly string[];
};

const MAIL = `ada.${HARD_WORD}@canary.test`;
const SENTENCE = `please tell ${PROSE_WORD} that I waited`;
const FILLER = 'x'.repeat(997);

const file =
  (name: string, content: string | Buffer): Planted['plant'] =>
  (folder) =>
    writeFileSync(join(folder, name), content);
const logged = (fields: object): string =>
  `${JSON.stringify({ level: 'INFO', event: 'consumer.event.start', ...fields })}\n`;
const base64 = (offset: number): string => Buffer.from(`${'.'.repeat(offset)}${MAIL}`).toString('base64');

function table(folder: string, name: string, texts: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(join(folder, name));
  database.exec('CREATE TABLE letters (id INTEGER PRIMARY KEY, body)');
  for (const text of texts) database.prepare('INSERT INTO letters (body) VALUES (?)').run(text);
  return database;
}

async function pack(folder: string): Promise<string> {
  const events = [1, 2, 3].map((seq) => ({ seq, eventTime: seq, archivedAt: seq, body: `${FILLER}${seq}` }));
  const body = await compressEvents([...events, { seq: 4, eventTime: 4, archivedAt: 4, body: MAIL }]);
  const database = table(folder, 'aws.sqlite', []);
  database.prepare('INSERT INTO letters (body) VALUES (?)').run(body);
  database.close();
  return join(folder, 'aws.sqlite');
}

/** Long enough for pages of its own, which deletion frees; other rows stay. */
function deleted(database: DatabaseSync): void {
  const insert = database.prepare('INSERT INTO letters (body) VALUES (?)');
  for (let row = 0; row < 40; row += 1) insert.run(row === 20 ? `${FILLER.repeat(12)} ${MAIL} ${FILLER}` : FILLER);
  database.exec('DELETE FROM letters WHERE id > 10');
}

export const PLANTED: readonly Planted[] = [
  {
    channel: 'log',
    how: 'as it is',
    plant: file('functions.log', logged({ to: MAIL })),
    mark: 'hard',
    encoding: 'raw',
  },
  {
    channel: 'log',
    how: 'an accent escaped',
    plant: file('functions.log', logged({ name: ACCENTED_WORD }).replace('ñ', '\\u00f1').replace('é', '\\u00e9')),
    mark: 'accented',
    encoding: 'json',
  },
  {
    channel: 'log',
    how: 'every character escaped, in JSON within JSON',
    plant: file(
      'functions.log',
      logged({
        cause: `"${[...MAIL].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`,
      }),
    ),
    mark: 'hard',
    encoding: 'json',
  },
  {
    channel: 'log',
    how: 'cut into lines of forty characters',
    plant: file('functions.log', `${FILLER.slice(0, 35)}${MAIL}`.replace(/.{40}/g, '$&\r\n  ')),
    mark: 'hard',
    encoding: 'raw',
  },
  {
    channel: 'metric',
    how: 'a dimension, URL-encoded',
    plant: file(
      'functions.log',
      `{"_aws":{},"path":"/tickets/${[...MAIL].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join('')}"}\n`,
    ),
    mark: 'hard',
    encoding: 'url',
  },
  {
    channel: 'metric',
    how: 'a card number in full-width digits',
    plant: file('functions.log', logged({ value: fullWidth(`4${DIGITS}`) })),
    mark: 'digits',
    encoding: 'raw',
  },
  ...[0, 1, 2].map((offset) => ({
    channel: 'trace',
    how: `base64, ${offset} bytes before it`,
    plant: file('segments.json', `{"annotations":{"ticket":"${base64(offset)}"}}`),
    mark: 'hard',
    encoding: `base64+${(offset + 1) % 3}`,
  })),
  {
    channel: 'trace',
    how: 'base64 in lines of twenty',
    plant: file('segments.json', base64(0).replace(/.{20}/g, '$&\n')),
    mark: 'hard',
    encoding: 'base64+1',
  },
  {
    channel: 'event',
    how: 'an id in base64url',
    plant: file('events.jsonl', `"b64u.${Buffer.from(`<${ACCENTED_WORD}?>`).toString('base64url')}"`),
    mark: 'accented',
    encoding: 'base64+1',
  },
  {
    channel: 'event',
    how: 'hex',
    plant: file('events.jsonl', Buffer.from(MAIL).toString('hex')),
    mark: 'hard',
    encoding: 'hex',
  },
  {
    channel: 'event',
    how: 'hex, upper case',
    plant: file('events.jsonl', Buffer.from(MAIL).toString('hex').toUpperCase()),
    mark: 'hard',
    encoding: 'hex',
  },
  {
    channel: 'console',
    how: 'UTF-16',
    plant: file('state.json', Buffer.from(SENTENCE, 'utf16le')),
    mark: 'prose',
    encoding: 'utf-16le',
  },
  {
    channel: 'console',
    how: 'UTF-16, big end first',
    plant: file('state.json', Buffer.from(` ${SENTENCE}`, 'utf16le').swap16()),
    mark: 'prose',
    encoding: 'utf-16be',
  },
  {
    channel: 'command line',
    how: 'a card number in groups, in a table',
    plant: file('ticket.txt', '│ 4902 7481 6300 0102 │'),
    mark: 'digits',
    encoding: 'raw',
  },
  {
    channel: 'command line',
    how: 'an order number',
    plant: file('ticket.txt', '{"order":"902740017"}'),
    mark: 'order',
    encoding: 'raw',
  },
  {
    channel: 'command line',
    how: 'a phone number',
    plant: file('ticket.txt', 'call +18472930017.'),
    mark: 'phone',
    encoding: 'raw',
  },
  {
    channel: 'archive',
    how: 'gzip, the second member in a file that begins as something else',
    plant: (folder) => {
      file('archive.bin', FILLER)(folder);
      for (const text of ['nothing', SENTENCE]) appendFileSync(join(folder, 'archive.bin'), gzipSync(text));
    },
    mark: 'prose',
    encoding: 'raw',
  },
  {
    channel: 'archive',
    how: 'gzip that was cut off',
    plant: file('archive.gz', gzipSync(`${SENTENCE}${FILLER}`).subarray(0, -12)),
    mark: 'prose',
    encoding: 'raw',
  },
  {
    channel: 'dead letter',
    how: 'gzip as base64, in JSON',
    plant: file('letter.json', JSON.stringify({ body: gzipSync(SENTENCE).toString('base64') })),
    mark: 'prose',
    encoding: 'raw',
  },
  {
    channel: 'dead letter',
    how: 'zstd',
    plant: file('letter.bin', Buffer.concat([Buffer.from(FILLER), zstdCompressSync(SENTENCE)])),
    mark: 'prose',
    encoding: 'raw',
  },
  {
    channel: 'archive',
    how: 'in a pack of a table',
    plant: async (folder) => void (await pack(folder)),
    mark: 'hard',
    encoding: 'raw',
  },
  {
    channel: 'backup',
    how: 'in a pack of a table of a database in a gzip',
    plant: async (folder) => {
      const bytes = new DatabaseSync(await pack(folder));
      bytes.exec(`VACUUM INTO '${join(folder, 'copy')}'`);
      bytes.close();
      const inner = Buffer.concat([Buffer.alloc(512), readFileSync(join(folder, 'copy'))]);
      for (const name of ['copy', 'aws.sqlite']) rmSync(join(folder, name));
      writeFileSync(join(folder, 'backup.tgz'), gzipSync(inner));
    },
    mark: 'hard',
    encoding: 'raw',
  },
  {
    channel: 'table',
    how: 'across two pages',
    // A row of 12,000 characters: 3,816 of them beside its head in the first page, the others in pages of their own.
    plant: (folder) => table(folder, 'aws.sqlite', [`${'y'.repeat(3_808)}${MAIL}`.padEnd(12_000, 'z')]).close(),
    seenIn: ['aws.sqlite › letters'],
    mark: 'hard',
    encoding: 'raw',
  },
  {
    channel: 'table',
    how: 'in a page that deletion freed',
    plant: (folder) => {
      const database = table(folder, 'aws.sqlite', []);
      database.exec('PRAGMA secure_delete = OFF');
      deleted(database);
      database.close();
    },
    mark: 'hard',
    encoding: 'raw',
  },
  {
    channel: 'table',
    how: 'in the log of changes, although deleted',
    plant: (folder) => {
      const database = openDatabase(join(folder, 'aws.sqlite'));
      database.exec('CREATE TABLE letters (id INTEGER PRIMARY KEY, body)');
      deleted(database);
      // As a process that dies leaves it: closing would copy the log into the file.
      for (const end of ['', '-wal']) copyFileSync(join(folder, `aws.sqlite${end}`), join(folder, `dead.sqlite${end}`));
      database.close();
    },
    mark: 'hard',
    encoding: 'raw',
  },
];

/** Bodies: webhooks that are right, right in an odd way, wrong in one place, or nothing of the kind. */
import fc from 'fast-check';

/** Stands in fields that nobody knows: nothing that leaves ingest may hold it. */
export const UNKNOWN_VALUE = 'value-of-an-unknown-field';

const LIMIT = 32 * 1024;
const json = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** JSON text of an id. */
const idTexts = fc.oneof(
  { weight: 8, arbitrary: fc.nat(50).map((number) => json(`t-${number}`)) },
  { weight: 2, arbitrary: fc.nat().map(String) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }).map(json) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['"<CAx+1@mail.example.test>"', '"&lt;CAx+1@mail.example.test&gt;"', '"{{ticket.id}}"', '""', '" "', '"null"'],
      ...['null', 'true', '[]', '{}', '1.5', '-1', '-0', '1e3', '1e999', '9007199254740991', '9007199254740993'],
      ...['"\\ud800"', '"\\udc00x"', '"&#55296;"', '"&#x41;"', '"&#0;"', '"&amp;lt;"', '"b64u.x"', '"\\u0000"'],
      ...[
        `"${'t'.repeat(512)}"`,
        `"${'t'.repeat(513)}"`,
        `"${'<'.repeat(380)}"`,
        `"${'<'.repeat(381)}"`,
        `"${'ü'.repeat(191)}"`,
      ],
    ),
  },
);
const triggerTexts = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('"customer_message"', '"conversation_created"') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '"agent_message"',
      '" customer_message "',
      '"CUSTOMER_MESSAGE"',
      '""',
      'null',
      '1',
      '["customer_message"]',
    ),
  },
);
const optionalTexts = fc.oneof(
  fc.constantFrom('null', '""', '1', 'true', '{}', '"x"', '"2026-01-15T12:00:00.000Z"', '"0000-01-01T00:00:00+23:59"'),
  fc.constantFrom(
    '"9999-12-31T23:59:59-23:59"',
    '"+275760-09-13T00:00:00Z"',
    '"email"',
    '"constructor"',
    '"__proto__"',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }).map(json),
);
const unknownNames = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'token', 'admin', 'metadata', 'then', '', 'ticket_id '),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const unknownTexts = fc.oneof(
  fc.constant(json(UNKNOWN_VALUE)),
  fc.constant(`{"prototype":{"polluted":${json(UNKNOWN_VALUE)}}}`),
  fc.jsonValue({ maxDepth: 3 }).map(json),
  fc.integer({ min: 1, max: 20 }).map((levels) => `${'['.repeat(levels)}${']'.repeat(levels)}`),
);

type Member = readonly [name: string, text: string];
const member = (name: string, texts: fc.Arbitrary<string>): fc.Arbitrary<Member> => texts.map((text) => [name, text]);
const known = fc.oneof(
  member('conversation_id', idTexts),
  member('message_id', idTexts),
  member('event_type', triggerTexts),
  ...['sent_at', 'channel', 'message', 'ticket_url'].map((name) => member(name, optionalTexts)),
);
const more = fc.array(fc.oneof(known, fc.tuple(unknownNames, unknownTexts)), { maxLength: 4 });

/** A name may be written in many ways that read the same. */
function nameText(name: string, isEscaped: boolean): string {
  const text = json(name);
  if (!isEscaped || !/^"[a-z]/.test(text)) return text;
  return `"\\u${text.charCodeAt(1).toString(16).padStart(4, '0')}${text.slice(2)}`;
}

const objects = fc
  .record({
    id: idTexts,
    trigger: triggerTexts,
    more,
    isEscaped: fc.boolean(),
    gap: fc.constantFrom('', '', ' ', '\n\t', '\r\n'),
    isTwice: fc.integer({ min: 0, max: 15 }).map((draw) => draw === 0),
  })
  .map(({ id, trigger, more, isEscaped, gap, isTwice }) => {
    const given: Member[] = [['ticket_id', id], ['trigger', trigger], ...more];
    const unique = [...new Map(given).entries()];
    const members = isTwice ? [...unique, given[0] as Member] : unique;
    const texts = members.map(([name, text], at) => `${gap}${nameText(name, isEscaped && at > 1)}${gap}:${gap}${text}`);
    return `{${texts.join(',')}${gap}}`;
  });

/** Padded by blanks that JSON passes over to a size about the limit. */
const sized = fc.tuple(objects, fc.integer({ min: LIMIT - 80, max: LIMIT + 80 })).map(([text, size]) => {
  const missing = size - Buffer.byteLength(text);
  return missing > 0 ? `${text}${' '.repeat(missing)}` : text;
});

const junk = fc.constantFrom(
  ...[
    '',
    '{',
    '}',
    '[]',
    'null',
    '1',
    '"x"',
    'ticket_id=1&trigger=customer_message',
    '<xml/>',
    '{"a":1}}',
    '{"a":1,}',
    "{'a':1}",
  ],
  ...[
    '\uFEFF{"ticket_id":"t-1","trigger":"customer_message"}',
    '{"a":NaN}',
    '{"a":01}',
    '{"a":1}//',
    '{"a":+1}',
    '{"a":.5}',
  ],
  ...['{"a":"\u0001"}', '{"a":"\\x41"}', '{"a":"\\u12"}', '{"a" 1}', '{"a":tru}', '{,}', '{"a":1 "b":2}', '[{"a":1},]'],
);

export const payloads: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 60, arbitrary: objects.map((text) => Buffer.from(text)) },
  { weight: 2, arbitrary: sized.map((text) => Buffer.from(text)) },
  { weight: 6, arbitrary: junk.map((text) => Buffer.from(text)) },
  // Cut off anywhere, in the middle of a character too.
  {
    weight: 6,
    arbitrary: fc.tuple(objects, fc.nat()).map(([text, cut]) => Buffer.from(text).subarray(0, cut % (text.length + 1))),
  },
  // One byte that is no text.
  {
    weight: 5,
    arbitrary: fc.tuple(objects, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([text, where, byte]) => {
      const bytes = Buffer.from(text);
      bytes.writeUInt8(byte, where % bytes.length);
      return bytes;
    }),
  },
  { weight: 3, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('[', '{"a":', '[{"a":'), fc.integer({ min: 10, max: 5_000 }))
      .map(([open, levels]) =>
        Buffer.from(`{"ticket_id":"t-1","trigger":"customer_message","x":${open.repeat(levels)}`),
      ),
  },
);

/** Message attributes and the checksums SQS clients verify. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';

const MessageAttribute = v.object({
  DataType: v.pipe(v.string(), v.regex(/^(?:String|Number|Binary)(?:\.[\w.-]{1,249})?$/)),
  StringValue: v.optional(v.string()),
  /** Base64, as on the wire. */
  BinaryValue: v.optional(v.pipe(v.string(), v.base64())),
});

/** At most 10 of them; names as SQS allows them. */
export const MessageAttributes = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^(?!aws\.|amazon\.)[\w.-]{1,256}$/i)), MessageAttribute),
  v.check((attributes) => Object.keys(attributes).length <= 10),
  v.check((attributes) => Object.values(attributes).every((one) => attributeBytes(one).length > 0)),
);
export type MessageAttributes = v.InferOutput<typeof MessageAttributes>;

/** Attributes of type String, the form used inside the process. */
export function stringAttributes(values: Readonly<Record<string, string>>): MessageAttributes {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
}

export function md5(data: string | Buffer): string {
  return createHash('md5').update(data).digest('hex');
}

/** SQS's digest over names, types and values in name order, each with its length; `undefined` when there are none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const attribute = attributes[name];
    if (attribute === undefined) return [];
    const transport = Buffer.from([isBinary(attribute) ? 2 : 1]);
    return [
      ...withLength(Buffer.from(name)),
      ...withLength(Buffer.from(attribute.DataType)),
      transport,
      ...withLength(attributeBytes(attribute)),
    ];
  });
  return md5(Buffer.concat(parts));
}

/** What counts towards the size of a message: UTF-8 bytes of body, names, types and values. */
export function messageSize(body: string, attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, one]) => sum + Buffer.byteLength(name) + Buffer.byteLength(one.DataType) + attributeBytes(one).length,
    Buffer.byteLength(body),
  );
}

/** The attributes a receiver asked for: `All`, `.*`, a `prefix.*` or a name. */
export function selectAttributes(attributes: MessageAttributes, wanted: readonly string[]): MessageAttributes {
  const isWanted = (name: string): boolean =>
    wanted.some((one) => one === 'All' || (one.endsWith('.*') ? name.startsWith(one.slice(0, -2)) : one === name));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}

type MessageAttribute = v.InferOutput<typeof MessageAttribute>;

function isBinary(attribute: MessageAttribute): boolean {
  return attribute.DataType.startsWith('Binary');
}

function attributeBytes(attribute: MessageAttribute): Buffer {
  return isBinary(attribute)
    ? Buffer.from(attribute.BinaryValue ?? '', 'base64')
    : Buffer.from(attribute.StringValue ?? '');
}

function withLength(bytes: Buffer): [Buffer, Buffer] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}

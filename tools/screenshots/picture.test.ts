import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withPalette } from './picture.ts';

const WIDTH = 7;
const HEIGHT = 5;
/** Rows that begin alike, so that every filter has something to predict. */
const PIXELS = Buffer.from(
  Array.from({ length: WIDTH * HEIGHT }, (_, at) => [(at * 37) % 256, (at % WIDTH) * 20, 200 - at, 255]).flat(),
);

/** As a PNG in which each row uses the next of the five filters. */
function png(): Buffer {
  const stride = WIDTH * 4;
  const byte = (y: number, x: number): number => (x < 0 || y < 0 ? 0 : (PIXELS[y * stride + x] ?? 0));
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const filtered = Array.from({ length: stride }, (_, x) => {
      const [left, up, corner] = [byte(y, x - 4), byte(y - 1, x), x < 4 ? 0 : byte(y - 1, x - 4)];
      const paeth = [left, up, corner].toSorted((one, other) => distance(one) - distance(other))[0] ?? 0;
      function distance(value: number): number {
        return Math.abs(left + up - corner - value);
      }
      const guess = [0, left, up, Math.floor((left + up) / 2), paeth][y % 5] ?? 0;
      return (byte(y, x) - guess) & 0xff;
    });
    return [y % 5, ...filtered];
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function chunksOf(file: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    found.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += length + 12;
  }
  return found;
}

describe('a picture with a palette', () => {
  it('has the same pixels, whatever filters the rows came with', () => {
    const found = chunksOf(withPalette(png()));
    const palette = found.get('PLTE') ?? Buffer.alloc(0);
    const rows = inflateSync(found.get('IDAT') ?? Buffer.alloc(0));
    const pixels = Array.from({ length: HEIGHT }, (_, y) =>
      [...rows.subarray(y * (WIDTH + 1) + 1, (y + 1) * (WIDTH + 1))].flatMap((index) => [
        ...palette.subarray(index * 3, index * 3 + 3),
        255,
      ]),
    ).flat();
    expect(pixels).toEqual([...PIXELS]);
    expect([...(found.get('IHDR') ?? [])].slice(8)).toEqual([8, 3, 0, 0, 0]);
  });

  it('of another kind is refused', () => {
    const interlaced = png();
    interlaced[8 + 8 + 12] = 1;
    expect(() => withPalette(interlaced)).toThrow('not a PNG as Chromium writes it');
  });
});

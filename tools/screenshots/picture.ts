/** A picture of a page as a small PNG: of few colours, as pages are, it keeps a palette in place of three bytes a pixel. */
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** Answers its bytes. */
export async function takePicture(page: Page, file: string): Promise<number> {
  const small = withPalette(await page.screenshot({ animations: 'disabled', scale: 'css' }));
  writeFileSync(file, small);
  return small.length;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;
const BITS_KEPT = 5;

/**
 * The same picture with at most 256 colours; those that are rare become their nearest frequent one. Takes what Chromium writes: eight
 * bits a channel, not interlaced.
 *
 * @throws Error for a PNG of another kind
 */
export function withPalette(png: Buffer): Buffer {
  const { width, height, channels, pixels } = decoded(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += channels) {
    const colour = colourAt(pixels, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = frequent(counts);
  const indexes = new Map(palette.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const colour = colourAt(pixels, (y * width + x) * channels);
      const index = indexes.get(colour) ?? nearest(colour, palette);
      indexes.set(colour, index);
      rows[y * (width + 1) + 1 + x] = index;
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, by palette.
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const colourAt = (pixels: Buffer, at: number): number =>
  ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);

/** The most frequent first, no two of them nearly alike unless both are frequent. */
function frequent(counts: ReadonlyMap<number, number>): number[] {
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one).map(([colour]) => colour);
  const chosen = sorted.slice(0, MOST_COLOURS / 2);
  const coarse = (colour: number): number => {
    const part = (shift: number): number => ((colour >> shift) & 0xff) >> (8 - BITS_KEPT);
    return (part(16) << (2 * BITS_KEPT)) | (part(8) << BITS_KEPT) | part(0);
  };
  const known = new Set(chosen.map(coarse));
  for (const colour of sorted.slice(chosen.length)) {
    if (chosen.length === MOST_COLOURS) break;
    if (known.has(coarse(colour))) continue;
    known.add(coarse(colour));
    chosen.push(colour);
  }
  return chosen;
}

function nearest(colour: number, palette: readonly number[]): number {
  let best = { index: 0, distance: Number.POSITIVE_INFINITY };
  for (const [index, other] of palette.entries()) {
    const difference = (shift: number): number => ((colour >> shift) & 0xff) - ((other >> shift) & 0xff);
    const distance = difference(16) ** 2 + difference(8) ** 2 + difference(0) ** 2;
    if (distance < best.distance) best = { index, distance };
  }
  return best.index;
}

function decoded(png: Buffer): { width: number; height: number; channels: number; pixels: Buffer } {
  const parts: Buffer[] = [];
  let header = Buffer.alloc(13);
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = Buffer.from(data);
    if (type === 'IDAT') parts.push(data);
    at += length + 12;
  }
  const [width, height, depth, kind, interlaced] = [
    header.readUInt32BE(0),
    header.readUInt32BE(4),
    header[8],
    header[9],
    header[12],
  ];
  const channels = kind === 6 ? 4 : 3;
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) throw new Error('not a PNG as Chromium writes it');
  return {
    width,
    height,
    channels,
    pixels: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels),
  };
}

/** Undoes what the writer did to each row so that it packs better (PNG specification §9). */
function unfiltered(raw: Buffer, stride: number, height: number, channels: number): Buffer {
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < channels ? 0 : (pixels[at - channels] ?? 0);
      const up = y === 0 ? 0 : (pixels[at - stride] ?? 0);
      const upLeft = x < channels || y === 0 ? 0 : (pixels[at - stride - channels] ?? 0);
      pixels[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, upLeft);
    }
  }
  return pixels;
}

function predicted(filter: number | undefined, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - upLeft;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : upLeft;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const made = Buffer.alloc(body.length + 8);
  made.writeUInt32BE(data.length, 0);
  body.copy(made, 4);
  made.writeUInt32BE(crc32(body), body.length + 4);
  return made;
}

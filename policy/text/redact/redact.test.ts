import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Detector } from './detector.ts';
import { DETECTORS, redactText } from './redact.ts';

const CARRIER_HOSTS = ['www.ups.com', 'tools.usps.com', 'www.fedex.com', 'www.dhl.com', 'track.amazon.com'];
const context = { carrierHosts: CARRIER_HOSTS };

/** Invented; a row without `redacted` must come out as it went in. */
type Sample = { readonly text: string; readonly redacted?: string };
const FOLDER = new URL('./testdata/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'));
const samplesOf = (file: string): Sample[] =>
  readFileSync(new URL(file, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Sample);

describe.each(FILES)('samples of %s', (file) => {
  it.each(samplesOf(file))('$text', ({ text, redacted }) => {
    expect(redactText(text, context)).toEqual({ ok: true, text: redacted ?? text });
  });
});

describe('the samples', () => {
  it('hold dozens of each kind, and what must survive beside them', () => {
    const counts = FILES.filter((file) => file !== 'everyday.jsonl').map((file) => {
      const samples = samplesOf(file);
      const changed = samples.filter(({ redacted }) => redacted !== undefined).length;
      return { file, enough: changed >= 20 && samples.length - changed >= 10 };
    });
    expect(counts.filter(({ enough }) => !enough)).toEqual([]);
    expect(counts).toHaveLength(8);
  });
});

describe('redactText', () => {
  it('applies the detectors in the order of platform §4.3', () => {
    expect(DETECTORS.map(({ code }) => code)).toEqual([
      'url',
      'email',
      'iban',
      'card',
      'tracking',
      'order',
      'phone',
      'address',
      'secret',
    ]);
  });

  it('a detector that throws drops the text, and its error goes nowhere', () => {
    const broken: Detector = {
      code: 'phone',
      find: (text) => {
        throw new Error(text);
      },
    };
    expect(redactText('ana', context, () => false, [broken])).toEqual({
      ok: false,
      detectorCode: 'phone',
      cause: 'threw',
    });
  });

  it('running out of time drops it, naming where', () => {
    let asked = 0;
    expect(redactText('order #20417', context, () => ++asked > 3)).toEqual({
      ok: false,
      detectorCode: 'card',
      cause: 'overdue',
    });
  });

  it('a detector that still finds something drops it', () => {
    const greedy: Detector = { code: 'order', find: () => [{ start: 0, end: 1, placeholder: '[ORDER_ID]' }] };
    expect(redactText('x', context, () => false, [greedy])).toEqual({
      ok: false,
      detectorCode: 'order',
      cause: 'residual',
    });
  });

  it('leaves an empty text empty', () => {
    expect(redactText('', context)).toEqual({ ok: true, text: '' });
  });
});

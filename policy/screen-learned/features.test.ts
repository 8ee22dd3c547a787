import { describe, expect, it } from 'vitest';
import { conceptGrams, featureHash, letterHashes, wordNamesOf } from '../embedded/grams.ts';
import { threatReader } from './features.ts';

const lengthOf = (group: readonly (readonly [number, number])[] = []) => Math.hypot(...group.map(([, value]) => value));

describe('threatReader', () => {
  it('gives words, letters and concepts their lengths', () => {
    const groups = threatReader()([['refund', 'my', 'parcel']]);
    expect(groups.map(lengthOf)).toEqual([2, 0.8, 0.5].map((length) => expect.closeTo(length, 10)));
  });

  it('reads the n-grams that the classifier reads, each once', () => {
    const words = ['my', 'parcel', 'parcel'];
    const [own, , concepts] = threatReader()([words]);
    const hashed = (group: string, names: readonly string[]) => [
      ...new Set(names.map((name) => featureHash(group, name))),
    ];
    expect(own?.map(([id]) => id).toSorted()).toEqual(hashed('words', wordNamesOf(words)).toSorted());
    expect(concepts?.map(([id]) => id).toSorted()).toEqual(hashed('concepts', conceptGrams(words)).toSorted());
  });

  it('counts what comes again by its logarithm', () => {
    const [own] = threatReader()([['lamp', 'lamp']]);
    const weightOf = (name: string) => own?.find(([id]) => id === featureHash('words', name))?.[1] ?? 0;
    expect(weightOf('lamp') / weightOf('lamp lamp')).toBeCloseTo(1 + Math.log(2), 10);
  });

  it('says the same of a word it has read before', () => {
    const read = threatReader();
    expect(read([['lamp']])).toEqual(read([['lamp']]));
  });

  it('finds nothing in nothing', () => {
    expect(threatReader()([[]]).map(lengthOf)).toEqual([expect.any(Number), 0, 0]);
  });
});

describe('letterHashes', () => {
  it('are those of the grams of three to five letters, ends marked', () => {
    expect(letterHashes('lamp')).toEqual(
      ['<la', 'lam', 'amp', 'mp>', '<lam', 'lamp', 'amp>', '<lamp', 'lamp>'].map((gram) =>
        featureHash('letters', gram),
      ),
    );
  });

  it('leave out what stands for a value', () => {
    expect(letterHashes('shapenumber')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { ROOT } from '../../local/platform/release.ts';
import { readLock } from './lock.ts';
import { billOfMaterials } from './sbom.ts';

describe('the bill of materials', () => {
  const bom = billOfMaterials(ROOT);

  it('is CycloneDX and names this release', () => {
    expect(bom).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: expect.stringMatching(/^1\.[5-9]$/),
      metadata: { component: { type: 'application', name: 'frontdesk' } },
    });
  });

  it('holds every package that is pinned, with the checksum that is pinned', () => {
    const hex = (integrity = '') => Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
    const named = new Map(bom.components.map(({ name, version, hashes = [] }) => [`${name}@${version}`, hashes]));
    const missing = readLock(ROOT).packages.filter(
      ({ name, version, integrity }) =>
        !named.get(`${name}@${version}`)?.some(({ content }) => content === hex(integrity)),
    );
    expect(missing.map(({ path }) => path)).toEqual([]);
  });

  it('is the same twice', () => {
    expect(billOfMaterials(ROOT)).toEqual(bom);
  });
});

import { describe, expect, it } from 'vitest';
import { plain } from '../restricted.testing.ts';
import { restrict } from '../restricted.ts';
import { testWorld } from '../testing.ts';
import { forgetOrderFacts, keepMessageText, keepOrderFacts, readMessageText, readOrderFacts } from './vault.ts';

const HOUR_MS = 3_600_000;
const FACTS = { orderName: '#1043', trackingNumber: '1Z999AA10123456784' };

async function setUp() {
  const { clock, store, container } = testWorld();
  const kept = container('order-lookup');
  const { ref } = await keepOrderFacts(kept, 't-1', 'c-1', restrict(FACTS));
  await keepMessageText(kept, 't-1', 'c-1', restrict('Where is it?'));
  return { clock, store, kept, ref, facts: async () => plain(await readOrderFacts(kept, ref)) };
}

describe('the vault', () => {
  it('seals what it holds', async () => {
    const { store, facts } = await setUp();
    const held = JSON.stringify([...(store.tables.get('vault')?.values() ?? [])]);
    expect(held).toContain('sealed');
    for (const content of ['1043', '1Z999AA10123456784', 'Where']) expect(held).not.toContain(content);
    expect(await facts()).toEqual(FACTS);
  });

  it('gives nothing out after its time, although the table has it still (platform §2.1)', async () => {
    const { clock, store, kept, facts } = await setUp();
    clock.advance(HOUR_MS - 1_000);
    expect(plain(await readMessageText(kept, 't-1', 'c-1'))).toBe('Where is it?');
    clock.advance(1_000);
    expect(await readMessageText(kept, 't-1', 'c-1')).toBeNull();
    clock.advance(23 * HOUR_MS - 1_000);
    expect(await facts()).toEqual(FACTS);
    clock.advance(1_000);
    expect(await facts()).toBeNull();
    expect(store.tables.get('vault')?.size).toBe(2);
  });

  it('forgets what was used, as often as it is told to', async () => {
    const { store, kept, ref, facts } = await setUp();
    for (let time = 0; time < 2; time += 1) await forgetOrderFacts(kept, ref);
    expect(await facts()).toBeNull();
    expect(store.tables.get('vault')?.size).toBe(1);
  });

  it('opens nothing that was tampered with', async () => {
    const { store, kept, ref } = await setUp();
    const item = await store.get('vault', { ref });
    const sealed = String(item?.sealed);
    await store.put('vault', { ...item, ref, sealed: `${sealed.slice(0, -4)}AAAA` });
    await expect(readOrderFacts(kept, ref)).rejects.toThrow();
  });
});

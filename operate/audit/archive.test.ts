import { expect, it } from 'vitest';
import { exampleOf } from '../../functions/shared/testing.ts';
import { factCollector, vouchesFor } from './archive.ts';

const FACT = exampleOf('TicketRouted', Date.parse('2026-01-15T12:00:00.000Z'));
const id = FACT.metadata.eventId;

it('vouches for every copy as it was published, and for what an older release read in it', () => {
  const collector = factCollector();
  const again = { ...FACT, metadata: { ...FACT.metadata, publishedAt: '2026-01-15T12:01:00.000Z' } };
  const older = { ...FACT, data: { ...FACT.data, fieldOfThen: 1 } };
  for (const copy of [FACT, again, older]) collector.add('TicketRouted', copy);
  const known = collector.facts.get(id);
  if (known === undefined) throw new Error('not collected');
  for (const copy of [FACT, again, older]) expect(vouchesFor(known, copy)).toBe(true);
  expect(vouchesFor(known, { ...FACT, data: { ...FACT.data, tier: 0 } })).toBe(false);
});

it('takes nothing for a fact that the auditor would refuse: another’s producer, no envelope', () => {
  const collector = factCollector();
  collector.add('TicketRouted', { ...FACT, metadata: { ...FACT.metadata, producer: 'ingest' } });
  collector.add('TicketRouted', { nothing: 'of ours' });
  expect(collector.facts.size).toBe(0);
});

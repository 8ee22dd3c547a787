import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bodyHash } from './body.ts';
import { LIBRARY } from './generated/library.ts';
import { findTemplate, isAutoOn, selectVariant, templateHash } from './library.ts';
import { loadTemplates } from './load.ts';
import { librarySource, lockText } from './lock.ts';
import { WRITTEN_TEMPLATES } from './meta.ts';
import { snapshotKey, snapshotText } from './snapshots.ts';

const root = import.meta.dirname;
const { templates, findings } = loadTemplates(root);

describe('the generated library', () => {
  it('is what the folders say: generating it again changes nothing', () => {
    expect(findings).toEqual([]);
    expect(readFileSync(path.join(root, 'generated/library.ts'), 'utf8')).toBe(librarySource(templates));
    expect(readFileSync(path.join(root, '../templates.lock.json'), 'utf8')).toBe(lockText(templates));
  });

  it('holds the seven templates, each in two channels, and every body under its own hash', () => {
    expect(LIBRARY.templates.map(({ meta }) => meta.id).sort()).toEqual([...WRITTEN_TEMPLATES].sort());
    for (const template of LIBRARY.templates) {
      expect(template.variants.map(({ variant }) => variant).sort()).toEqual(['email', 'livechat']);
      for (const { body, sha256 } of template.variants) expect(bodyHash(body)).toBe(sha256);
    }
  });

  // Row by row from the table of replies §1.4.
  it.each([
    ['t_order_status_verified', 2, 'macro', false, 't_order_status_ask_order_number'],
    ['t_shipping_delay_verified', 2, 'macro', false, null],
    ['t_order_eta_no_tracking_verified', 2, 'never', true, null],
    ['t_order_status_ask_order_number', 1, 'macro', false, null],
    ['t_delivered_not_received_intake', 1, 'macro', false, null],
    ['t_damaged_item_intake', 1, 'macro', false, null],
    ['t_cancel_order_ack_intake', 1, 'macro', false, null],
  ] as const)('%s is catalogued as in replies §1.4', (id, tier, social, auto_close, fallback) => {
    const meta = findTemplate(LIBRARY, id)?.meta;
    expect(meta).toMatchObject({ id, version: '1.0.0', tier, auto_close, fallback, enabled_default: true });
    expect(meta?.channels).toEqual({ livechat: 'auto', email: 'auto', social, tiktok: social, phone: 'never' });
    expect(meta?.review.status).toBe('draft');
  });
});

describe('which body a channel gets (replies §1.2)', () => {
  const template = findTemplate(LIBRARY, 't_damaged_item_intake');
  if (template === undefined) throw new Error('no template');

  it('the channel’s own, never another’s', () => {
    expect(selectVariant(template, 'email', 'en')?.variant).toBe('email');
    expect(selectVariant(template, 'social', 'en')).toBeUndefined();
    expect(selectVariant(template, 'email', 'es')).toBeUndefined();
  });

  it('is pinned by its hash', () => {
    expect(templateHash(LIBRARY, 't_damaged_item_intake', 'email')).toBe(
      selectVariant(template, 'email', 'en')?.sha256,
    );
    expect(templateHash(LIBRARY, 't_damaged_item_intake', 'unknown')).toBeUndefined();
    expect(templateHash(LIBRARY, 't_fraud_ack', 'email')).toBeUndefined();
  });

  it('only e-mail and live chat are automatic', () => {
    const auto = (['email', 'livechat', 'social', 'tiktok', 'phone', 'unknown'] as const).filter((channel) =>
      isAutoOn(template, channel),
    );
    expect(auto).toEqual(['email', 'livechat']);
  });
});

describe('what customers read (TL21)', () => {
  it.each(
    templates.flatMap((template) =>
      template.variants.map((variant) => ({ key: snapshotKey(template, variant), template, variant })),
    ),
  )('$key reads as written down', ({ key, template, variant }) => {
    expect(snapshotText(template, variant)).toBe(readFileSync(path.join(root, 'snapshots', `${key}.txt`), 'utf8'));
  });

  it('no snapshot is left over', () => {
    const keys = templates.flatMap((template) =>
      template.variants.map((variant) => `${snapshotKey(template, variant)}.txt`),
    );
    expect(readdirSync(path.join(root, 'snapshots')).sort()).toEqual(keys.sort());
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TEMPLATE_IDS } from '../events/words.ts';
import { bodyHash } from './body.ts';
import { LIBRARY } from './generated/library.ts';
import { automaticTemplates, findTemplate, isAutoOn, selectVariant, templateHash } from './library.ts';
import { loadTemplates } from './load.ts';
import { librarySource, lockText } from './lock.ts';
import { snapshotKey, snapshotText } from './snapshots.ts';

const root = import.meta.dirname;
const { templates, findings } = loadTemplates(root);

const FOR_AGENTS_ONLY: ReadonlySet<string> = new Set([
  't_chargeback_neutral_ack',
  't_legal_threat_ack',
  't_harassment_ack',
  't_fraud_ack',
  't_unknown_ack',
]);

describe('the generated library', () => {
  it('is what the folders say: generating it again changes nothing', () => {
    expect(findings).toEqual([]);
    expect(readFileSync(path.join(root, 'generated/library.ts'), 'utf8')).toBe(librarySource(templates));
    expect(readFileSync(path.join(root, '../templates.lock.json'), 'utf8')).toBe(lockText(templates));
  });

  it('holds the 24 templates of the closed union, each in two channels, and every body under its own hash', () => {
    expect(LIBRARY.templates.map(({ meta }) => meta.id).sort()).toEqual([...TEMPLATE_IDS].sort());
    for (const template of LIBRARY.templates) {
      expect(template.variants.map(({ variant }) => variant).sort()).toEqual(['email', 'livechat']);
      for (const { body, sha256 } of template.variants) expect(bodyHash(body)).toBe(sha256);
    }
  });

  const ON = { livechat: 'auto', email: 'auto', social: 'macro', tiktok: 'macro', phone: 'never' } as const;
  const ESTIMATED = { ...ON, social: 'never', tiktok: 'never' } as const;
  const FOR_AGENTS = { livechat: 'macro', email: 'macro', social: 'macro', tiktok: 'never', phone: 'never' } as const;
  const ORDER = ['order_status_tracking', 'shipping_delay_not_shipped'] as const;
  const NAME = ['first_name'] as const;
  const TERMS = ['first_name', 'returns_policy_url'] as const;
  const TRACKING = ['fulfillment_status', 'tracking_company', 'tracking_number', 'tracking_url', 'status_url'] as const;

  // Row by row from the table of replies §1.4.
  it.each([
    ['t_order_status_verified', 2, ORDER, ['order_id', 'order_status'], [...NAME, ...TRACKING], ON],
    [
      't_shipping_delay_verified',
      2,
      ORDER,
      ['order_id', 'order_status', 'fulfillment_status'],
      ['first_name', 'order_created_date_human', 'support_hours_text'],
      ON,
    ],
    [
      't_order_eta_no_tracking_verified',
      2,
      ORDER,
      ['order_id', 'shipping_bucket', 'eta_remaining_human'],
      ['first_name', 'order_created_date_human'],
      ESTIMATED,
    ],
    ['t_order_status_ask_order_number', 1, ORDER, [], NAME, ON],
    ['t_delivered_not_received_intake', 1, ['delivered_not_received'], [], NAME, ON],
    ['t_missing_items_intake', 1, ['missing_items_in_shipment'], [], NAME, ON],
    ['t_wrong_item_intake', 1, ['wrong_item_received'], [], NAME, ON],
    ['t_damaged_item_intake', 1, ['damaged_item'], [], NAME, ON],
    ['t_cancel_order_ack_intake', 1, ['cancel_order'], [], NAME, ON],
    ['t_address_change_ack_intake', 1, ['address_change_order_edit'], [], NAME, ON],
    ['t_cancel_subscription_ack_intake', 1, ['cancel_subscription'], [], NAME, ON],
    ['t_billing_issue_intake', 1, ['billing_issue'], [], NAME, ON],
    ['t_return_request_intake', 1, ['return_request'], [], TERMS, ON],
    ['t_exchange_request_intake', 1, ['exchange_request'], [], TERMS, ON],
    ['t_refund_request_intake', 1, ['refund_request'], [], TERMS, ON],
    ['t_technical_support_intake', 1, ['technical_support'], [], NAME, ON],
    ['t_promo_discount_info', 1, ['promo_discount_issue'], [], NAME, ON],
    ['t_pre_purchase_info', 1, ['pre_purchase_question'], [], ['first_name', 'help_center_url'], ON],
    ['t_influencer_inquiry_route', 1, ['influencer_marketing_inquiry'], [], NAME, ON],
    ['t_chargeback_neutral_ack', 0, ['chargeback_dispute'], [], [], FOR_AGENTS],
    ['t_legal_threat_ack', 0, ['legal_threat'], [], [], FOR_AGENTS],
    ['t_harassment_ack', 0, ['harassment_threats'], [], [], FOR_AGENTS],
    ['t_fraud_ack', 0, ['fraud_suspected'], [], [], FOR_AGENTS],
    ['t_unknown_ack', 1, ['unknown_other'], [], [], { ...FOR_AGENTS, social: 'never' }],
  ] as const)('%s is catalogued as in replies §1.4', (id, tier, intents, required, optional, channels) => {
    expect(findTemplate(LIBRARY, id)?.meta).toMatchObject({
      id,
      version: '1.0.0',
      tier,
      intents,
      vars: { required, optional },
      channels,
      enabled_default: channels.email === 'auto',
      auto_close: id === 't_order_eta_no_tracking_verified',
      fallback: id === 't_order_status_verified' ? 't_order_status_ask_order_number' : null,
      review: { status: 'draft' },
    });
  });

  it('automatic are nineteen, in both channels; what only people may send is in none', () => {
    const nineteen = TEMPLATE_IDS.filter((id) => !FOR_AGENTS_ONLY.has(id)).sort();
    expect(automaticTemplates(LIBRARY, 'email').sort()).toEqual(nineteen);
    expect(automaticTemplates(LIBRARY, 'livechat').sort()).toEqual(nineteen);
    for (const channel of ['social', 'tiktok', 'phone', 'unknown'] as const) {
      expect(automaticTemplates(LIBRARY, channel)).toEqual([]);
    }
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
    expect(templateHash({ templates: [] }, 't_damaged_item_intake', 'email')).toBeUndefined();
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

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTENTS, TEAMS } from '../events/words.ts';
import { SHIPPED_MAP } from '../policy/orders/fixtures/transit-map.ts';
import { buildTrackingUrl, cleanTrackingUrl } from '../policy/orders/tracking-links.ts';
import { renderBundle } from './bundle.ts';
import { CONFIG, CONFIG_VERSION } from './generated/config.ts';
import { liveConfig } from './live.ts';
import { formatConfigError, parseConfig, readConfigFile } from './load.ts';
import { allowedHostsOf, dayCountOf, linkPolicyOf, preorderProductsOf, transitMapOf } from './policy-inputs.ts';
import { loaded, SHIPPED, SHIPPED_TEXT } from './shipped.testing.ts';

const TEXT = SHIPPED_TEXT;
/** A shop's own, in its own tree. */
const LIVE = loaded(readFileSync(path.join(import.meta.dirname, 'frontdesk.yaml'), 'utf8'));

/** The shipped file with one piece of text replaced, and the line that it stood on. */
function edited(from: string, to: string) {
  const at = TEXT.indexOf(from);
  if (at < 0) throw new Error(`the shipped file has no ${from}`);
  return { parsed: parseConfig(TEXT.replace(from, to)), line: TEXT.slice(0, at).split('\n').length };
}

describe('the file as it is shipped', () => {
  it('holds the launch values of the specifications', () => {
    const { config } = SHIPPED;
    expect(config.brand).toEqual({
      support_signature: 'Customer Support',
      brand_name: '',
      support_hours_text: '',
      help_center_url: '',
      returns_policy_url: '',
      shipping_policy_url: '',
      warranty_policy_url: '',
      privacy_policy_url: '',
      order_status_portal_url: '',
    }); // replies §1.8
    expect(config.teams.available).toEqual([...TEAMS]); // decisions §1.1
    expect(dayCountOf(config)).toEqual({ zone: 'America/New_York', calendar: 'none' }); // replies §3.3
    expect(transitMapOf(config)).toEqual(SHIPPED_MAP); // replies §3.2
    expect(config.intents.blocked).toEqual([]); // platform §1.5
    expect(config.models).toEqual({
      classify: 'gpt-5-mini',
      verify: 'gpt-5-mini',
      moderate: 'omni-moderation-latest',
      parameters: { 'gpt-5-mini': { reasoning_effort: 'minimal', takes_temperature: false } },
    }); // decisions §2.2, §3.1, §4
    expect(config.limits).toEqual({
      minutes_between_replies: 10,
      replies_per_conversation_per_day: 3,
      replies_per_customer_per_day: 5,
    }); // platform §2.4 L4
    expect(preorderProductsOf(config)).toEqual([]);
  });

  it('allows the carriers of replies §2.6 and no other host', () => {
    const { config } = SHIPPED;
    expect(config.hosts.carriers.map(({ label, aliases, hosts }) => [label, aliases, hosts])).toEqual([
      ['UPS', ['ups'], ['www.ups.com', 'wwwapps.ups.com']],
      ['USPS', ['usps', 'us postal'], ['tools.usps.com']],
      ['FedEx', ['fedex', 'fed ex'], ['www.fedex.com']],
      ['DHL', ['dhl', 'dhl express', 'dhl ecommerce'], ['www.dhl.com', 'webtrack.dhlecs.com']],
      ['OnTrac', ['ontrac'], ['www.ontrac.com']],
      ['Amazon Logistics', ['amazon', 'amzl'], ['track.amazon.com']],
    ]);
    expect(allowedHostsOf(config)).toHaveLength(8);
  });

  it.each([
    ['UPS', '1Z999AA10123456784', '1Z999AA1012345678'],
    ['USPS', '94001108988250225794', '9400110898825022579'],
    ['USPS', 'LZ123456789US', 'LZ123456789DE'],
    ['FedEx', '123456789012', '12345678901234'],
    ['DHL', '1234567890', '123456789'],
    ['DHL', 'GM60512345678', 'XM60512345678'],
    ['OnTrac', 'C12345678901234', 'E12345678901234'],
    ['Amazon Logistics', 'TBA123456789012', 'TBA12345678901'],
  ])('%s: a link for %s, none for %s, and the link passes its own check', (label, fits, other) => {
    const links = linkPolicyOf(SHIPPED.config);
    const carrier = links.carriers.find((each) => each.label === label) ?? null;
    const url = buildTrackingUrl(carrier, fits);
    expect(url).toContain(fits);
    expect(cleanTrackingUrl(url ?? '', links)).toBe(url);
    expect(buildTrackingUrl(carrier, other)).toBeNull();
  });
});

describe('the file of this tree', () => {
  it('is what the bundle carries', () => {
    const { config, version } = LIVE;
    expect(readFileSync(path.join(import.meta.dirname, 'generated/config.ts'), 'utf8')).toBe(renderBundle(LIVE));
    expect({ config: CONFIG, version: CONFIG_VERSION }).toEqual({ config, version });
  });

  it('is as it is shipped, as long as no shop put in anything of its own', () => {
    const { hosts, limits, tenant } = SHIPPED.config;
    const { carriers } = hosts;
    const own = LIVE.config;
    const rest = { ...own, hosts: { ...own.hosts, carriers }, limits, tenant };
    if (isDeepStrictEqual(rest, SHIPPED.config)) expect(own).toEqual(SHIPPED.config);
  });
});

describe('mistakes are named with line, key and cure', () => {
  it.each<[what: string, from: string, to: string, key: string, cure: RegExp, lineOffset?: number]>([
    ['a misspelt section', 'brand:', 'brant:', 'brant', /did you mean brand\?/],
    ['a misspelt key', '  zone:', '  zon:', 'business.zon', /did you mean zone\?/],
    [
      'a key nobody knows',
      '  zone:',
      '  xylophone: 1\n  zone:',
      'business.xylophone',
      /take it out; known here: zone, holiday_calendar/,
    ],
    [
      'a misspelt team',
      '    - Returns Admin',
      '    - Return Admin',
      'teams.available.5',
      /did you mean Returns Admin\?/,
    ],
    [
      'a team nobody knows',
      '    - Returns Admin',
      '    - Warehouse',
      'teams.available.5',
      /write one of: Sales Team, /,
    ],
    [
      'an intent nobody knows',
      'blocked: []',
      'blocked: [cancel_ordr]',
      'intents.blocked.0',
      /did you mean cancel_order\?/,
    ],
    ['a fixed offset as zone', 'America/New_York', '+05:00', 'business.zone', /IANA zone/],
    ['an invented zone', 'America/New_York', 'America/Atlantis', 'business.zone', /IANA zone/],
    ['an offset in a zone’s clothes', 'America/New_York', 'Etc/GMT+5', 'business.zone', /IANA zone/],
    [
      'an unknown calendar',
      'holiday_calendar: none',
      'holiday_calendar: us_parcels',
      'business.holiday_calendar',
      /did you mean us_parcel\?/,
    ],
    ['a placeholder', 'Customer Support', '<your name>', 'brand.support_signature', /without < >/],
    ['an address', 'Customer Support', 'us @ the shop', 'brand.support_signature', /without @/],
    [
      'an empty signature',
      'support_signature: Customer Support',
      "support_signature: ''",
      'brand.support_signature',
      /sign with/,
    ],
    [
      'a link without https',
      'help_center_url: ""',
      'help_center_url: http://shop.example/help',
      'brand.help_center_url',
      /https/,
    ],
    [
      'a link to an unlisted host',
      'help_center_url: ""',
      'help_center_url: https://shop.example/help',
      'brand.help_center_url',
      /add it under hosts\.shop/,
    ],
    ['a wildcard host', '[www.fedex.com]', "['*.fedex.com']", 'hosts.carriers.2.hosts.0', /exact host/],
    ['an address as host', '[www.fedex.com]', "['192.0.2.7']", 'hosts.carriers.2.hosts.0', /exact host/],
    [
      'a tracking page elsewhere',
      'https://www.fedex.com/fedextrack/',
      'https://track.example/',
      'hosts.carriers.2.tracking_page',
      /hosts of this carrier/,
    ],
    [
      'a tracking page with an undeclared key',
      '?trknbr={number}',
      '?nr={number}',
      'hosts.carriers.2.tracking_page',
      /declare its query keys/,
    ],
    [
      'a tracking page without number',
      '?trknbr={number}',
      '?trknbr=1',
      'hosts.carriers.2.tracking_page',
      /\{number\} once/,
    ],
    ['an open pattern', '"[CD][0-9]{14}"', "'[CD'", 'hosts.carriers.4.number_shape', /close every bracket/],
    ['an endless pattern', '"[CD][0-9]{14}"', "'(C+)+'", 'hosts.carriers.4.number_shape', /bounds/],
    [
      'one alias in two rows',
      'aliases: [ontrac]',
      'aliases: [ontrac, ups]',
      'hosts.carriers.4',
      /keep it in one row/,
      -1,
    ],
    [
      'a window upside down',
      'standard: { window: [3, 5]',
      'standard: { window: [5, 3]',
      'transit_map.standard.window',
      /first number/,
    ],
    [
      'a window of no days',
      'standard: { window: [3, 5]',
      'standard: { window: [0, 5]',
      'transit_map.standard.window.0',
      />=1/,
    ],
    [
      'a window of 61 days',
      'standard: { window: [3, 5]',
      'standard: { window: [3, 61]',
      'transit_map.standard.window.1',
      /<=60/,
    ],
    ['a method in capitals', '  ground: {', '  Ground: {', 'transit_map.Ground', /lower case/],
    [
      'a promise of both kinds',
      'preorder_products: []',
      'preorder_products:\n  - { product: A1, eta_business_days: 5, ship_by_date: "2026-02-01" }',
      'preorder_products.0',
      /either/,
      1,
    ],
    ['a date that is none', '"2026-11-25"', "'2026-02-30'", 'prices.as_of', /date in quotes/],
    ['a model without price', 'classify: gpt-5-mini', 'classify: gpt-9', 'models.classify', /prices\.models/],
    [
      'a price that no whole number of thousand-millionths holds',
      'cached_input_per_million_usd: 0.025',
      'cached_input_per_million_usd: 0.0251',
      'prices.models.gpt-5-mini.cached_input_per_million_usd',
      /three decimals/,
    ],
    [
      'a looser limit',
      'replies_per_customer_per_day: 5',
      'replies_per_customer_per_day: 6',
      'limits.replies_per_customer_per_day',
      /write 5 or less/,
    ],
    [
      'a shorter pause',
      'minutes_between_replies: 10',
      'minutes_between_replies: 9',
      'limits.minutes_between_replies',
      /write 10 or more/,
    ],
    ['a number where a text belongs', 'brand_name: ""', 'brand_name: 7', 'brand.brand_name', /a text/],
    ['a text where a list belongs', 'blocked: []', 'blocked: none', 'intents.blocked', /a list/],
    [
      'a path to another folder',
      'answers_file: tenant.yaml',
      'answers_file: ../tenant.yaml',
      'tenant.answers_file',
      /beside this one/,
    ],
  ])('%s', (_, from, to, key, cure, lineOffset = 0) => {
    const { parsed, line } = edited(from, to);
    const errors = parsed.ok ? [] : parsed.errors;
    const named = errors.find((error) => error.key === key);
    expect(errors.map((error) => error.key)).toContain(key);
    expect(named?.cure).toMatch(cure);
    expect(named?.line).toBe(line + lineOffset);
  });

  it('of a model whose parameters nobody knows', () => {
    const { parsed } = edited('    gpt-5-mini: { reasoning', '    gpt-5-maxi: { reasoning');
    expect(parsed.ok ? [] : parsed.errors.map(({ key, cure }) => [key, cure])).toEqual([
      ['models.classify', 'add it under models.parameters'],
      ['models.verify', 'add it under models.parameters'],
    ]);
  });

  it('a missing key', () => {
    const { parsed } = edited('  zone: America/New_York\n', '');
    const { line } = edited('business:\n', 'business:\n');
    expect(parsed).toEqual({
      ok: false,
      errors: [{ line, key: 'business.zone', problem: 'this key is missing', cure: 'add zone:' }],
    });
  });

  it.each([
    ['a key twice', 'business:', 'brand: {}\nbusiness:', 'this key stands here twice'],
    ['broken YAML', 'available:', 'available: [', 'this is not readable as YAML'],
    ['an alias of nothing', 'brand_name: ""', 'brand_name: *name', 'aliases are not read here'],
    ['an anchor used', 'brand_name: ""\n', "brand_name: &name ''\n  x: *name\n", 'aliases are not read here'],
  ])('%s', (_, from, to, problem) => {
    const { parsed } = edited(from, to);
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.problem)).toContain(problem);
  });

  it.each([[''], ['null'], ['7'], ['[]'], ['just text']])('a file that holds %j', (text) => {
    const parsed = parseConfig(text);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok || parsed.errors.length).toBeGreaterThan(0);
  });

  it('all at once, in the order of the file', () => {
    const parsed = parseConfig(
      TEXT.replace('  zone:', '  zon:').replace('blocked: []', 'blocked: none').replace('<', ''),
    );
    const lines = parsed.ok ? [] : parsed.errors.map((error) => error.line);
    expect(lines.length).toBeGreaterThanOrEqual(3); // zon unknown, zone missing, blocked
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });

  it('never repeats a value', () => {
    const secret = 'sk-pasted-secret-000';
    const places = [
      'Customer Support',
      'America/New_York',
      'gpt-5-mini',
      'us postal',
      'tenant.yaml',
      'Standard',
      'none',
      'www.fedex.com',
      '[3, 5]',
      '0.25',
    ];
    for (const place of places) {
      for (const value of [secret, `<${secret}>`, `{ ${secret}: 1 }`, `[${secret}]`]) {
        const parsed = edited(place, value).parsed;
        const values = parsed.ok ? '' : parsed.errors.map((error) => error.problem + error.cure).join();
        expect(values).not.toContain(secret);
      }
    }
  });

  it('any text gives a value or mistakes, never an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => !parseConfig(text).ok));
    const lines = TEXT.split('\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.string({ maxLength: 20 }), (at, text) => {
        const parsed = parseConfig(lines.with(at, text).join('\n'));
        return (
          parsed.ok || parsed.errors.every(({ line, problem, cure }) => line >= 1 && problem !== '' && cure !== '')
        );
      }),
    );
  });

  it('reads as compilers write', () => {
    const error = { line: 12, key: 'business.zone', problem: 'this value is not allowed', cure: 'write an IANA zone' };
    expect(formatConfigError(error, 'f.yaml')).toBe(
      'f.yaml:12: business.zone: this value is not allowed; write an IANA zone',
    );
  });
});

describe('version', () => {
  it('changes with a value, not with a comment or the order of keys', () => {
    const of = (text: string) => {
      const parsed = parseConfig(text);
      return parsed.ok ? parsed.version : 'invalid';
    };
    const { version } = SHIPPED;
    expect(version).toMatch(/^config-[0-9a-f]{12}$/);
    expect(of(`# note\n${TEXT}`)).toBe(version);
    expect(
      of(TEXT.replace('  classify: gpt-5-mini\n  verify: gpt-5-mini', '  verify: gpt-5-mini\n  classify: gpt-5-mini')),
    ).toBe(version);
    expect(of(TEXT.replace('[5, 7]', '[5, 8]'))).not.toBe(version);
  });
});

describe('a running container', () => {
  it('uses the bundle without a file, and the named file with one', async () => {
    expect(await liveConfig({})).toEqual({ config: CONFIG, version: CONFIG_VERSION });
    const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-config-'));
    try {
      const file = path.join(folder, 'shop.yaml');
      writeFileSync(file, TEXT.replace('blocked: []', `blocked: [${INTENTS[10]}]`));
      expect((await liveConfig({ FRONTDESK_CONFIG: file })).config.intents.blocked).toEqual(['promo_discount_issue']);
      writeFileSync(file, TEXT.replace('  zone:', '  zon:'));
      await expect(liveConfig({ FRONTDESK_CONFIG: file })).rejects.toThrow(/business\.zon: .*did you mean zone/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('a file that is not there is a mistake with a cure', () => {
    expect(readConfigFile(path.join(import.meta.dirname, 'none.yaml'))).toEqual({
      ok: false,
      errors: [
        {
          line: 1,
          key: '',
          problem: 'the file cannot be read',
          cure: 'restore config/frontdesk.yaml, or point FRONTDESK_CONFIG at a readable file',
        },
      ],
    });
  });
});

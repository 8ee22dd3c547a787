/** The shape of `config/frontdesk.yaml`. Descriptions are what `frontdesk config explain` prints. */
import * as v from 'valibot';
import { AUTH_METHODS } from '../events/auth-methods.ts';
import { INTENTS, TEAMS } from '../events/words.ts';
import { isLocalDate } from '../policy/orders/calendar.ts';
import { PREORDER_ETA_MAX_BD } from '../policy/orders/facts.ts';
import { HOLIDAY_CALENDARS } from '../policy/orders/holidays.ts';
import { BucketLabel, isTransitKey, normaliseMethodName, WindowSchema } from '../policy/orders/transit.ts';

/** One line without control characters; an angle-bracket placeholder was meant to be replaced (replies §1.8). */
const line = (maxChars: number) =>
  v.pipe(
    v.string(),
    v.maxLength(maxChars, `shorten it to ${maxChars} characters`),
    v.regex(/^[^\p{Cc}\p{Cf}<>{}]*$/u, 'write one line without < > { }'),
  );

const OptionalLink = v.pipe(
  v.string(),
  v.maxLength(200, 'shorten the link to 200 characters'),
  v.check((url) => url === '' || isPlainHttps(url), "write a link that begins with https://, or '' for none"),
);

const Host = v.pipe(
  v.string(),
  v.check(isHost, 'write the exact host in lower case, such as www.example.com: no scheme, path, port or wildcard'),
);
const QueryKeys = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/, 'write the name of a query key'))),
  v.check((keys) => new Set(keys).size === keys.length, 'name each key once'),
);

const ShopHost = v.strictObject({
  host: v.pipe(Host, v.description('Host of the shop, compared exactly.')),
  query_keys: v.pipe(
    QueryKeys,
    v.description('Query keys that may stay in a link; a key that carries a token drops the link.'),
  ),
});

const Carrier = v.strictObject({
  label: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9][A-Za-z0-9 .&-]{0,39}$/, 'write a name of at most 40 letters, digits and spaces'),
    v.description('Display name of the carrier, as customers read it.'),
  ),
  aliases: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9 .&-]{0,39}$/, 'write the alias in lower case'))),
    v.description('How shops and carriers spell the name, in lower case.'),
  ),
  number_shape: v.pipe(
    v.string(),
    // No repetition without an upper bound, so that no number can keep the pattern busy.
    v.regex(/^[A-Z0-9[\]{},|()-]{1,80}$/, 'use capitals, digits, [ ], { } with bounds, and |'),
    v.check(isPattern, 'close every bracket: this is no pattern'),
    v.description('Pattern of the numbers, needed to build a link; it never refuses a number.'),
  ),
  hosts: v.pipe(
    v.array(Host),
    v.minLength(1, 'name at least one host'),
    v.description('Hosts whose links may be shown.'),
  ),
  query_keys: v.pipe(QueryKeys, v.description('Query keys that may stay in a delivered link.')),
  tracking_page: v.pipe(
    v.string(),
    v.check((url) => url.split('{number}').length === 2, 'write {number} once, where the number goes'),
    v.check((url) => isPlainHttps(url.replace('{number}', '1')), 'write a link that begins with https://'),
    v.description('Link that is built when an order brings none; {number} stands for the number.'),
  ),
});

const TransitKey = v.pipe(
  v.string(),
  v.check(
    (key) => isTransitKey(key) && normaliseMethodName(key) === key,
    'write the key in lower case: letters, digits, spaces and hyphens',
  ),
);
const TransitEntry = v.strictObject({
  window: v.pipe(WindowSchema, v.description('[least, most] business days from order date to delivery, 1 to 60.')),
  label: v.pipe(BucketLabel, v.description('What the customer reads, at most 20 letters, digits, spaces and hyphens.')),
});

const PreorderProduct = v.pipe(
  v.strictObject({
    product: v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9_.:-]{1,80}$/, 'write a SKU or product id'),
      v.description('SKU or product id.'),
    ),
    eta_business_days: v.pipe(
      v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PREORDER_ETA_MAX_BD))),
      v.description('Business days from order to delivery, 1 to 180.'),
    ),
    ship_by_date: v.pipe(
      v.optional(v.pipe(v.string(), v.check(isLocalDate, "write a date in quotes, such as '2026-02-15'"))),
      v.description('Date by which the product leaves, in quotes.'),
    ),
  }),
  v.check(
    (product) => (product.eta_business_days === undefined) !== (product.ship_by_date === undefined),
    'give either eta_business_days or ship_by_date',
  ),
);

/** Short enough to stand in a version string beside the prompt's (events/fields.ts). */
const Model = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,43}$/, 'write the id of a model'));
/** Costs are added up in whole thousand-millionths of a dollar, so a token's price has to be a whole number of them. */
const UsdPerMillion = v.pipe(
  v.number(),
  v.minValue(0, 'write a price of 0 or more'),
  v.maxValue(10_000, 'write the price of a million tokens in US dollars'),
  v.check((usd) => Math.abs(usd * 1000 - Math.round(usd * 1000)) < 1e-6, 'write at most three decimals'),
);
const ModelParameters = v.strictObject({
  reasoning_effort: v.pipe(
    v.picklist(['none', 'minimal', 'low', 'omit']),
    v.description('Lowest reasoning effort that the model accepts; `omit` leaves the parameter out.'),
  ),
  takes_temperature: v.pipe(v.boolean(), v.description('Whether the model accepts a temperature; it is 0 then.')),
});

const unique = <T>(list: readonly T[]) => new Set(list).size === list.length;

/** Bounds of platform §2.4 L4: a shop may only be stricter. */
const limit = (least: number, most: number, meaning: string) =>
  v.pipe(
    v.number(),
    v.integer('write a whole number'),
    v.minValue(least, `write ${least} or more`),
    v.maxValue(most, `write ${most} or less`),
    v.description(meaning),
  );

/** What stands in a reply: its last look refuses whatever could be read as an address. */
const words = (most: number) =>
  v.pipe(
    line(most),
    v.check((text) => !text.includes('@'), 'write it without @'),
  );

const AuthMethod = (stage: string) =>
  v.pipe(v.optional(v.picklist(AUTH_METHODS), 'header_token'), v.description(`What ${stage} takes.`));

export const Config = v.strictObject({
  webhook: v.pipe(
    v.optional(
      v.strictObject({
        auth: v.pipe(
          v.optional(
            v.strictObject({
              local: AuthMethod('this machine'),
              dev: AuthMethod('the stage dev'),
              staging: AuthMethod('the stage staging'),
              prod: AuthMethod('the stage prod'),
            }),
            {},
          ),
          v.description('How a webhook proves who sent it: one method for each stage, all others are refused.'),
        ),
      }),
      {},
    ),
    v.description('The door that the helpdesk calls.'),
  ),
  brand: v.pipe(
    v.strictObject({
      support_signature: v.pipe(
        words(60),
        v.minLength(1, 'sign with something'),
        v.description('Signature under e-mail replies.'),
      ),
      brand_name: v.pipe(words(40), v.description("The shop's name; unused in version 1.")),
      support_hours_text: v.pipe(words(80), v.description('When people answer; empty leaves the line out.')),
      help_center_url: v.pipe(OptionalLink, v.description('Help centre; empty leaves the line out.')),
      returns_policy_url: v.pipe(OptionalLink, v.description('Returns policy; empty leaves the line out.')),
      shipping_policy_url: v.pipe(OptionalLink, v.description('Shipping policy; empty leaves the line out.')),
      warranty_policy_url: v.pipe(OptionalLink, v.description('Warranty policy; empty leaves the line out.')),
      privacy_policy_url: v.pipe(OptionalLink, v.description('Privacy policy; empty leaves the line out.')),
      order_status_portal_url: v.pipe(
        OptionalLink,
        v.description('Page where customers look up an order; empty leaves the line out.'),
      ),
    }),
    v.description('What replies say about the shop.'),
  ),
  teams: v.pipe(
    v.strictObject({
      available: v.pipe(
        v.array(v.picklist(TEAMS)),
        v.check(unique, 'name each team once'),
        v.check((teams) => teams.includes('Email Support Team'), 'add Email Support Team: it is the default queue'),
        v.check((teams) => teams.includes('Leadership Team'), 'add Leadership Team: escalations need it'),
        v.description(
          'Helpdesk teams that exist, by exact name; tickets of a missing one go to its substitute with a tag.',
        ),
      ),
    }),
    v.description('Teams of the helpdesk workspace.'),
  ),
  business: v.pipe(
    v.strictObject({
      zone: v.pipe(
        v.string(),
        v.check(isZone, 'write an IANA zone such as America/New_York, not an offset'),
        v.description('Zone in which order and asking dates are counted.'),
      ),
      holiday_calendar: v.pipe(
        v.picklist(HOLIDAY_CALENDARS),
        v.description('`none` counts Monday to Friday; `us_parcel` leaves out the holidays of US carriers as well.'),
      ),
    }),
    v.description('How days are counted.'),
  ),
  hosts: v.pipe(
    v.strictObject({
      shop: v.pipe(v.array(ShopHost), v.description("The shop's own hosts that replies may link to.")),
      carriers: v.pipe(v.array(Carrier), v.description('Carriers whose names and tracking pages customers may see.')),
    }),
    v.description('The only hosts that a reply may link to.'),
  ),
  transit_map: v.pipe(
    v.record(TransitKey, TransitEntry),
    v.description('Words in the name of a shipping method, each with its delivery window and label.'),
  ),
  preorder_products: v.pipe(v.array(PreorderProduct), v.description('Products sold before they are in stock.')),
  intents: v.pipe(
    v.strictObject({
      blocked: v.pipe(
        v.array(v.picklist(INTENTS)),
        v.check(unique, 'name each intent once'),
        v.description('Intents that never get an automatic reply, beside those that the policy routes only.'),
      ),
    }),
    v.description('Choices about intents.'),
  ),
  models: v.pipe(
    v.strictObject({
      classify: v.pipe(Model, v.description('Model of the `openai` classifier.')),
      verify: v.pipe(Model, v.description('Model of the `openai` verifier.')),
      moderate: v.pipe(
        v.optional(Model, 'omni-moderation-latest'),
        v.description('Model that looks for threats and harassment beside the `openai` classifier.'),
      ),
      parameters: v.pipe(
        v.optional(v.record(Model, ModelParameters), {
          'gpt-5-mini': { reasoning_effort: 'minimal', takes_temperature: false },
        }),
        v.description('What each model accepts.'),
      ),
    }),
    v.description('Model names; used only with `openai`.'),
  ),
  prices: v.pipe(
    v.strictObject({
      as_of: v.pipe(
        v.string(),
        v.check(isLocalDate, "write a date in quotes, such as '2026-01-31'"),
        v.description('Day on which the prices were last looked at; cost reports name it.'),
      ),
      models: v.pipe(
        v.record(
          Model,
          v.strictObject({
            input_per_million_usd: v.pipe(UsdPerMillion, v.description('US dollars for a million input tokens.')),
            cached_input_per_million_usd: v.pipe(
              v.optional(UsdPerMillion),
              v.description('US dollars for a million input tokens out of the prefix cache; else as other input.'),
            ),
            output_per_million_usd: v.pipe(UsdPerMillion, v.description('US dollars for a million output tokens.')),
          }),
        ),
        v.description('Token prices by model.'),
      ),
    }),
    v.description('What cost reports reckon with.'),
  ),
  limits: v.pipe(
    v.strictObject({
      minutes_between_replies: limit(10, 1440, 'Least minutes between two automatic replies in one conversation.'),
      replies_per_conversation_per_day: limit(1, 3, 'Most automatic replies in one conversation within 24 hours.'),
      replies_per_customer_per_day: limit(1, 5, 'Most automatic replies to one customer within 24 hours.'),
    }),
    v.description('How often customers hear from the automation; only stricter than the shipped values.'),
  ),
  tenant: v.pipe(
    v.strictObject({
      answers_file: v.pipe(
        v.string(),
        v.regex(/^[A-Za-z0-9_-]{1,60}\.yaml$/, 'write the name of a .yaml file beside this one'),
        v.description('File with the answers of `frontdesk tenant verify`; no answer means no.'),
      ),
    }),
    v.description('Where the answers about a real workspace lie.'),
  ),
});
export type Config = v.InferOutput<typeof Config>;

function isPlainHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.port === '' && !text.includes('#');
  return url.protocol === 'https:' && isPlain;
}

function isHost(text: string): boolean {
  const isName = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text) && !/^[\d.]+$/.test(text);
  return isName && URL.canParse(`https://${text}`) && new URL(`https://${text}`).hostname === text;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(`^(?:${text})$`) instanceof RegExp;
  } catch {
    return false;
  }
}

/** `+05:00` and `Etc/GMT+5` are accepted by `Intl`, and are fixed offsets: no summer time. */
function isZone(text: string): boolean {
  if (text !== 'UTC' && (!/^[A-Z][A-Za-z_]+(\/[A-Za-z_-]+)+$/.test(text) || text.startsWith('Etc/'))) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

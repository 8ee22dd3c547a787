/** The webhook's door: who gets in, and what is believed of what they say. */
import type { Control } from '../control.ts';

const AUTH = 'functions/ingest/auth';
const METHODS_TEST = 'functions/ingest/auth/auth.test.ts';
const DOOR_TEST = 'functions/ingest/methods.test.ts';
const JSON_TEST = 'functions/ingest/strict-json.test.ts';
const STRICT_JSON = 'functions/ingest/strict-json.ts';
const HANDLER = 'functions/ingest/handler.ts';
const REQUEST = 'functions/ingest/request.ts';
const WEBHOOK = 'functions/ingest/webhook.ts';

export const INGRESS_CONTROLS: readonly Control[] = [
  {
    id: 'webhook-token',
    threats: ['T1'],
    control: 'A webhook without one of the live tokens is refused; each is compared in constant time.',
    test: METHODS_TEST,
    removal: [
      { file: `${AUTH}/tokens.ts`, before: 'token !== null && timingSafeEqual(own, token)', after: 'token !== null' },
    ],
  },
  {
    id: 'webhook-hmac',
    threats: ['T1', 'T3'],
    control: 'With `hmac`, time and raw body are signed: a byte that was changed on the way is refused.',
    test: METHODS_TEST,
    removal: [{ file: `${AUTH}/hmac.ts`, before: 'return timingSafeEqual(given, own);', after: 'return true;' }],
  },
  {
    id: 'webhook-standard-signature',
    threats: ['T1', 'T3'],
    control: 'With `standard_webhooks`, id, time and raw body are signed; one right signature of several is wanted.',
    test: 'test/security/standard-webhooks.test.ts',
    removal: [
      {
        file: `${AUTH}/standard-webhooks.ts`,
        before: 'given.filter((digest) => timingSafeEqual(digest, own)).length > 0',
        after: 'own.length > 0 && given.length > 0',
      },
    ],
  },
  {
    id: 'webhook-signed-id',
    threats: ['T3'],
    control: 'No dot in a signed id, so that one signature stands for one reading of id, time and body.',
    test: METHODS_TEST,
    removal: [{ file: `${AUTH}/standard-webhooks.ts`, before: '!MESSAGE_ID.test(id) || ', after: '' }],
  },
  {
    id: 'webhook-window',
    threats: ['T2'],
    control: 'A signed webhook is good for 300 s, and 60 s ahead, to the millisecond.',
    test: METHODS_TEST,
    removal: [
      { file: `${AUTH}/age.ts`, before: 'return age <= OLDEST_MS && age >= -FUTURE_MS;', after: 'return age === age;' },
    ],
  },
  {
    id: 'webhook-one-method',
    threats: ['T1'],
    control: 'A stage takes one method; a right proof by another is refused.',
    test: METHODS_TEST,
    removal: [
      {
        file: `${AUTH}/secrets.ts`,
        before: 'return METHODS[method](usable);',
        after:
          'return (sent) => Object.values(METHODS).map((make) => make(usable)(sent)).find((slot) => slot !== null) ?? null;',
      },
    ],
  },
  {
    id: 'webhook-secret-strength',
    threats: ['T1', 'T10'],
    control: 'A secret that cannot hold 32 random bytes lets nobody in; with no other, the door stays shut.',
    test: METHODS_TEST,
    removal: [
      { file: `${AUTH}/secrets.ts`, before: '(isUsable(method, secret) ? secret : null)', after: '(secret ?? method)' },
    ],
  },
  {
    id: 'webhook-one-token-in-url',
    threats: ['T1'],
    control: 'Several tokens in one URL are refused: no list of guesses in a request.',
    test: METHODS_TEST,
    removal: [
      {
        file: `${AUTH}/url-token.ts`,
        before: "slotOf(given.length === 1 ? (given[0] ?? '') : '')",
        after: "given.map((one) => slotOf(one ?? '')).find((slot) => slot !== null) ?? null",
      },
    ],
  },
  {
    id: 'webhook-body-token-dropped',
    threats: ['T10'],
    control: 'The token of a body is taken out before anything else sees it.',
    test: DOOR_TEST,
    removal: [
      {
        file: WEBHOOK,
        before: "if (payload === null || method !== 'body_token') return payload;",
        after: "if (payload === null || method !== 'nothing') return payload;",
      },
    ],
  },
  {
    id: 'webhook-auth-first',
    threats: ['T1', 'T4'],
    control:
      'Type and body of a request are looked at only after its sender is known; all others get one fixed answer.',
    test: DOOR_TEST,
    removal: [
      {
        file: HANDLER,
        before: 'const authenticate = await keeper();',
        after:
          "if (!contentTypeIsAccepted(event)) return refused({ status: 415, error: 'unsupported_media_type' });\n    const authenticate = await keeper();",
      },
    ],
  },
  {
    id: 'webhook-declared-size',
    threats: ['T4'],
    control: 'A webhook that declares more than 32 KB, or a length that cannot be read, is refused.',
    test: DOOR_TEST,
    removal: [{ file: REQUEST, before: "declaresTooMuch(event.headers['content-length']) || ", after: '' }],
  },
  {
    id: 'webhook-actual-size',
    threats: ['T4'],
    control: 'A webhook of more than 32 KB is refused, by its base64 before it is decoded and by its bytes.',
    test: DOOR_TEST,
    removal: [{ file: REQUEST, before: ' || holdsTooMuch(event)', after: '' }],
  },
  {
    id: 'webhook-throttle',
    threats: ['T4'],
    control: 'The edge lets 20 requests a second through, 50 at once, before it reads a body.',
    test: 'local/host/http-front.test.ts',
    removal: [{ file: 'local/host/http-front.ts', before: 'if (!hasToken())', after: 'if (hasToken === undefined)' }],
  },
  {
    id: 'webhook-no-key-twice',
    threats: ['T3'],
    control: 'JSON with a key twice in one object, at any depth, is refused: no two readers see two tickets.',
    test: JSON_TEST,
    removal: [{ file: STRICT_JSON, before: 'if (keys?.has(key)) return false;', after: '' }],
  },
  {
    id: 'webhook-depth',
    threats: ['T4'],
    control: 'JSON of more than 16 levels is refused.',
    test: JSON_TEST,
    removal: [{ file: STRICT_JSON, before: ' > MAX_DEPTH) return false;', after: ' < 0) return false;' }],
  },
  {
    id: 'webhook-utf8',
    threats: ['T3'],
    control: 'Bytes that are no UTF-8 are refused, not replaced.',
    test: JSON_TEST,
    removal: [{ file: STRICT_JSON, before: 'fatal: true', after: 'fatal: false' }],
  },
  {
    id: 'webhook-exact-ids',
    threats: ['T3', 'T8'],
    control:
      'A number that JSON cannot hold exactly, and half a surrogate pair, are no ids: no two tickets become one.',
    test: DOOR_TEST,
    removal: [
      { file: WEBHOOK, before: 'v.pipe(v.number(), v.safeInteger())', after: 'v.number()' },
      { file: WEBHOOK, before: 'id.isWellFormed() ? encodeVendorId(id) : null', after: 'encodeVendorId(id)' },
    ],
  },
  {
    id: 'webhook-unknown-fields',
    threats: ['T3', 'T9'],
    control: 'Fields that nobody knows are dropped: nothing of them is in a fact, a record or a log.',
    test: DOOR_TEST,
    removal: [{ file: HANDLER, before: '      ...proof,\n', after: '      ...proof,\n      ...webhook.payload,\n' }],
  },
  {
    id: 'webhook-prototype-names',
    threats: ['T4'],
    control:
      'Names that every object has (`constructor`) are no entries of our tables: a request cannot crash a look-up.',
    test: DOOR_TEST,
    removal: [
      {
        file: 'functions/shared/helpdesk/channels.ts',
        before: 'Object.hasOwn(SPELLINGS, key) ? SPELLINGS[key] : undefined',
        after: 'SPELLINGS[key]',
      },
    ],
  },
  {
    id: 'webhook-replay',
    threats: ['T2', 'T12'],
    control:
      'The same webhook again makes no second event in the same 10 s or with a `message_id`; later: one more look, no second reply.',
    test: DOOR_TEST,
    removal: [
      {
        file: HANDLER,
        before: 'if (await putMessage(container, recordKey, root, extra)) return announce(container, root);',
        after:
          'await putMessage(container, recordKey, root, extra);\n    if (recordKey) return announce(container, root);',
      },
    ],
  },
];

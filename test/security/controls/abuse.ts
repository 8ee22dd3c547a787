import type { Control } from '../control.ts';

const DOORS = 'test/security/abuse/doors.test.ts';
const PAGES = 'test/security/abuse/pages.test.ts';
const PATTERNS = 'test/security/abuse/patterns.test.ts';
const OUTGOING = 'test/security/abuse/outgoing.test.ts';
const FORGED = 'test/security/abuse/forged.test.ts';
const OPENING = 'functions/shared/consumer/opening.ts';
const HOSTILE = 'test/security/abuse/hostile-data.test.ts';
const SERVER = 'local/host/loopback-server.ts';
const LOOPBACK = 'local/host/loopback.ts';

const FLOODS: readonly Control[] = [
  {
    id: 'door-throttle',
    threats: ['T4'],
    control:
      'The webhook door takes 20 requests a second and 50 at once; the rest is 429, and the next second is served.',
    test: DOORS,
    removal: [{ file: 'local/host/throttle.ts', before: 'if (tokens < 1) return false;', after: '' }],
  },
  {
    id: 'door-slow-headers',
    threats: ['T4'],
    control: 'Headers that do not end within 10 s end with their connection, on every loopback port.',
    test: DOORS,
    removal: [
      { file: SERVER, before: 'headersTimeout: limits.headersMs', after: 'headersTimeout: 0' },
      { file: SERVER, before: 'requestTimeout: limits.requestMs', after: 'requestTimeout: 0' },
    ],
  },
  {
    id: 'door-slow-body',
    threats: ['T4'],
    control: 'A request that is not whole within 30 s ends with its connection and has no effect.',
    test: DOORS,
    removal: [{ file: SERVER, before: 'requestTimeout: limits.requestMs', after: 'requestTimeout: 0' }],
  },
  {
    id: 'door-header-bytes',
    threats: ['T4'],
    control: 'Request line and headers above 10,240 bytes are refused with 431.',
    test: DOORS,
    removal: [{ file: SERVER, before: 'maxHeaderSize: limits.headerBytes', after: 'maxHeaderSize: 1_000_000' }],
  },
  {
    id: 'door-header-count',
    threats: ['T4'],
    control: 'More than 100 headers are refused with 431 instead of being left out in silence.',
    test: DOORS,
    removal: [{ file: SERVER, before: 'request.rawHeaders.length / 2 > limits.headerCount', after: 'false' }],
  },
  {
    id: 'door-connections',
    threats: ['T4'],
    control: 'Connections beyond the limit of a port are closed unread, so that held ones do not use up the process.',
    test: DOORS,
    removal: [{ file: SERVER, before: 'server.maxConnections = limits.connections;', after: '' }],
  },
  {
    id: 'door-parser',
    threats: ['T1', 'T2'],
    control: 'HTTP is read strictly: two lengths, a length beside chunks or a folded header hide no second request.',
    test: DOORS,
    removal: [{ file: SERVER, before: 'insecureHTTPParser: false', after: 'insecureHTTPParser: true' }],
  },
  {
    id: 'door-paths',
    threats: ['T1'],
    control: 'The webhook door compares the raw path: no spelling of another path leads to ingest.',
    test: DOORS,
    removal: [
      {
        file: 'local/host/http-front.ts',
        before: "isDoor(url.split('?')[0] ?? '',",
        after: "isDoor(new URL(url, 'http://127.0.0.1').pathname,",
      },
      {
        file: 'local/host/http-event.ts',
        before: "const [rawPath = '/', ...query] = request.url.split('?');",
        after:
          "const { pathname: rawPath, search } = new URL(request.url, 'http://127.0.0.1');\n  const query = [search.slice(1)];",
      },
    ],
  },
  {
    id: 'console-paths',
    threats: ['T1'],
    control: 'The link into the console leads to no other host: no path begins with two slashes.',
    test: 'operate/console/http/server.test.ts',
    removal: [
      {
        file: 'operate/console/http/server.ts',
        before: "return address.pathname.startsWith('//') ? null : address;",
        after: 'return address;',
      },
      {
        file: 'operate/console/http/server.ts',
        before: "!url.startsWith('/') || url.startsWith('//') || !URL",
        after: "!url.startsWith('/') || !URL",
      },
    ],
  },
];

const BROWSERS: readonly Control[] = [
  {
    id: 'page-origin',
    threats: ['T1', 'T5'],
    control:
      'Every loopback port refuses an `Origin` that is not its own, so that no page of the operator’s browser posts to it.',
    test: PAGES,
    removal: [
      {
        file: LOOPBACK,
        before: 'headers.origin === undefined ||',
        after: 'true ||',
      },
    ],
  },
  {
    id: 'page-site',
    threats: ['T1', 'T5'],
    control:
      'Every loopback port refuses what the browser says another page asks for, a page of another local port too.',
    test: PAGES,
    removal: [{ file: LOOPBACK, before: "OWN_SITES.has(headers['sec-fetch-site'])", after: 'true' }],
  },
  {
    id: 'page-rebinding',
    threats: ['T1', 'T5'],
    control:
      'Every loopback port answers to its own names only, so that a page whose name was rebound to this machine reads nothing.',
    test: PAGES,
    removal: [{ file: LOOPBACK, before: "LOOPBACK_HOSTS.has(host.replace(/:\\d+$/, '')) &&", after: '' }],
  },
  {
    id: 'page-receiver',
    threats: ['T1'],
    control: 'The receiver of `tenant verify`, whose name belongs to a tunnel, takes no request of a browser.',
    test: PAGES,
    removal: [{ file: 'operate/tenant/receiver.ts', before: 'if (isFromBrowser(request)) {', after: 'if (false) {' }],
  },
];

const BACKTRACKING: readonly Control[] = [
  {
    id: 'pattern-address',
    threats: ['T4', 'LLM10'],
    control:
      'No pattern that meets a customer’s words takes more than a reviewed, bounded time: each is judged by a tool.',
    test: PATTERNS,
    removal: [
      {
        file: 'policy/embedded/tokens.ts',
        before: String.raw`/(?<!\S)\S[^\s@]*@\S[^\s.]*\.\S+/g`,
        after: String.raw`/\S+@\S+\.\S+/g`,
      },
    ],
  },
  {
    id: 'pattern-exponential',
    threats: ['T4'],
    control: 'No pattern of the product takes exponential time, those that read the operator’s own files neither.',
    test: PATTERNS,
    removal: [
      {
        file: 'operate/whatif/policy-file.ts',
        before: String.raw`text.split('\n').every((line) => /^\s*(?:#|$)/.test(line))`,
        after: String.raw`/^\s*(#[^\n]*\s*)*$/.test(text)`,
      },
    ],
  },
];

const FILES: readonly Control[] = [
  {
    id: 'yaml-size-config',
    threats: ['T4'],
    control:
      'A configuration or policy file that is larger or deeper than any of ours is not parsed: the parser takes time by the square of its keys.',
    test: HOSTILE,
    removal: [{ file: 'config/document.ts', before: 'if (isOutsized(text))', after: 'if (false)' }],
  },
  {
    id: 'yaml-size-tenant',
    threats: ['T4'],
    control: 'A tenant file that is larger or deeper than any of ours is not parsed.',
    test: HOSTILE,
    removal: [{ file: 'config/tenant.ts', before: 'if (isOutsized(text))', after: 'if (false)' }],
  },
  {
    id: 'yaml-aliases',
    threats: ['T4'],
    control: 'Settings have no aliases: a file that unfolds is refused before it is unfolded.',
    test: HOSTILE,
    removal: [{ file: 'config/document.ts', before: ', ...aliasErrors(doc, lines)', after: '' }],
  },
];

const REQUESTS_OUT: readonly Control[] = [
  {
    id: 'out-hosts-helpdesk',
    threats: ['T17'],
    control:
      'The shared HTTP client speaks to `api.richpanel.com` over TLS alone, or to this machine in the local stage, in one spelling.',
    test: OUTGOING,
    removal: [
      {
        file: 'functions/shared/helpdesk/live-http.ts',
        before: "ALLOWED_HOSTS.has(base.hostname) && base.port === '')",
        after: "ALLOWED_HOSTS.has('api.richpanel.com'))",
      },
    ],
  },
  {
    id: 'out-hosts-openai',
    threats: ['T17'],
    control:
      'Messages and key for OpenAI go to `api.openai.com` over TLS alone, or to this machine in the local stage.',
    test: OUTGOING,
    removal: [
      {
        file: 'functions/shared/openai/base-url.ts',
        before: "ALLOWED_HOSTS.has(base.hostname) && base.port === '')",
        after: "ALLOWED_HOSTS.has('api.openai.com'))",
      },
    ],
  },
  {
    id: 'out-no-loopback',
    threats: ['T17'],
    control: 'A deployed stage does not start with a helpdesk address that is not https.',
    test: OUTGOING,
    removal: [
      {
        file: 'functions/shared/live-environment.ts',
        before: "env !== 'local' && new URL(richpanelBaseUrl).protocol !== 'https:'",
        after: 'false',
      },
    ],
  },
  {
    id: 'out-no-inside',
    threats: ['T17'],
    control:
      'A vendor’s name that leads to this machine, an internal network or the metadata service gets no connection.',
    test: OUTGOING,
    removal: [
      {
        file: 'functions/shared/live-outside.ts',
        before: 'first === undefined || found.some(isInside)',
        after: 'first === undefined',
      },
    ],
  },
  {
    id: 'out-no-inside-helpdesk',
    threats: ['T17'],
    control: 'Every socket of the helpdesk’s client, those of writes too, is opened by that look-up.',
    test: OUTGOING,
    removal: [{ file: 'functions/shared/helpdesk/live-http.ts', before: '...(isTls && { lookup }),', after: '' }],
  },
  {
    id: 'out-no-inside-openai',
    threats: ['T17'],
    control: 'OpenAI’s name is looked up the same way before a message or the key leaves.',
    test: OUTGOING,
    removal: [
      {
        file: 'functions/shared/openai/live-sdk.ts',
        before: "if (base.protocol === 'https:') await mustLeadOutside(base.hostname, lookup);",
        after: '',
      },
    ],
  },
  {
    id: 'out-no-redirect',
    threats: ['T17'],
    control: 'A redirect of a vendor is an answer like any other: it is not followed, and no key travels.',
    test: OUTGOING,
    removal: [
      { file: 'functions/shared/openai/live-sdk.ts', before: "redirect: 'manual'", after: "redirect: 'follow'" },
    ],
  },
];

const FACTS: readonly Control[] = [
  {
    id: 'fact-producer',
    threats: ['T5'],
    control:
      'A consumer takes a fact of a function that states it; any other goes to the failure queue with its cause.',
    test: FORGED,
    removal: [
      {
        file: OPENING,
        before: '!(definition.producers as readonly string[]).includes(metadata.producer)',
        after: 'false',
      },
    ],
  },
  {
    id: 'fact-source',
    threats: ['T5'],
    control: 'A fact whose envelope names another producer than the bus does is refused.',
    test: FORGED,
    removal: [
      {
        file: OPENING,
        before: 'delivery.source !== null && delivery.source !==',
        after: 'false && delivery.source !==',
      },
    ],
  },
  {
    id: 'fact-source-redriven',
    threats: ['T5'],
    control:
      'A letter that was refused for its source, or whose event names a foreign one, is given up, never redriven.',
    test: 'operate/dead-letters/letter.test.ts',
    removal: [
      {
        file: 'operate/dead-letters/plan.ts',
        before: 'if (FOREIGN.includes(letter.cause)) return letter.cause;',
        after: '',
      },
    ],
  },
  {
    id: 'fact-source-not-believed',
    threats: ['T5'],
    control: 'A forged letter ends no message and tags no ticket that it names.',
    test: 'operate/dead-letters/give-up.test.ts',
    removal: [
      {
        file: 'operate/dead-letters/give-up.ts',
        before: 'const believed = isForeign ? null : letter.metadata;',
        after: 'const believed = letter.metadata;',
      },
    ],
  },
  {
    id: 'fact-hops',
    threats: ['T11', 'T20'],
    control: 'A fact that has come further than 12 hops is refused: no chain of facts feeds itself.',
    test: FORGED,
    removal: [{ file: OPENING, before: 'metadata.hops > MAX_HOPS', after: 'false' }],
  },
  {
    id: 'fact-data',
    threats: ['T5', 'T20'],
    control: 'A fact whose data break their schema is sent to the failure queue, has no effect and is not tried again.',
    test: FORGED,
    removal: [{ file: OPENING, before: "if (data === null) return { ok: false, cause: 'invalid_data' };", after: '' }],
  },
  {
    id: 'fact-major',
    threats: ['T20'],
    control: 'A fact of a major version that nobody here knows is refused.',
    test: FORGED,
    removal: [
      { file: OPENING, before: "Number(metadata.schemaVersion.split('.')[0]) !== definition.major", after: 'false' },
    ],
  },
];

export const ABUSE_CONTROLS: readonly Control[] = [
  ...FLOODS,
  ...BROWSERS,
  ...BACKTRACKING,
  ...FILES,
  ...REQUESTS_OUT,
  ...FACTS,
];

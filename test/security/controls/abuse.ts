import type { Control } from '../control.ts';

const DOORS = 'test/security/abuse/doors.test.ts';
const PAGES = 'test/security/abuse/pages.test.ts';
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
        before: "PATHS.has(url.split('?')[0] ?? '')",
        after: "PATHS.has(new URL(url, 'http://127.0.0.1').pathname)",
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
    test: 'local/console/server.test.ts',
    removal: [
      {
        file: 'local/console/server.ts',
        before: "return url.startsWith('//') || path.startsWith('//') ? null : path;",
        after: 'return path;',
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

export const ABUSE_CONTROLS: readonly Control[] = [...FLOODS, ...BROWSERS];

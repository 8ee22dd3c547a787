/** A small page to write as a customer or as an agent, and to watch the tickets. It speaks to `/__sandbox/` alone. */
import { readFileSync } from 'node:fs';
import type { SandboxResponse } from '../http-types.ts';

const asset = (name: string, type: string): SandboxResponse => ({
  status: 200,
  headers: {
    'content-type': `${type}; charset=utf-8`,
    // Nothing from anywhere else, nothing inline, no frame around it.
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  },
  body: readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8'),
});

const INDEX = asset('index.html', 'text/html');
const PAGE: Readonly<Record<string, SandboxResponse>> = {
  '/__sandbox': INDEX,
  '/__sandbox/': INDEX,
  '/__sandbox/page.css': asset('page.css', 'text/css'),
  '/__sandbox/page.js': asset('page.js', 'text/javascript'),
};

/** `undefined` for every path that is not the page's. */
export function pageAt(method: string, path: string): SandboxResponse | undefined {
  const [plain = ''] = path.split('?');
  if (method !== 'GET' || !Object.hasOwn(PAGE, plain)) return undefined;
  return PAGE[plain];
}

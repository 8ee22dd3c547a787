/** A hostile page in a real browser against every loopback port: forms, fetches, beacons, pictures, scripts, rebound names. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { listenOnLoopback } from '../../../local/host/loopback-server.ts';
import { browserHere } from '../../browser/browser.ts';
import { DOOR_NAMES, openDoor } from '../../security/abuse/doors.ts';
import { startBrowser } from '../sandbox-page/browser.ts';

const EVIL = 'evil.example';
/** Runs in the page. Answers what it could read of anybody. */
const ATTACK = `async (targets) => {
  const read = [];
  const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'];
  for (const { url, path, headers, body } of targets) {
    const address = url + path;
    for (const type of types) {
      for (const mode of ['no-cors', 'cors'])
        await fetch(address, { method: 'POST', mode, credentials: 'include', headers: { 'content-type': type }, body })
          .then((answer) => answer.text()).then((text) => read.push(text)).catch(() => {});
      const frame = document.createElement('iframe');
      frame.name = 'f' + Math.random();
      const form = Object.assign(document.createElement('form'), { method: 'POST', action: address, enctype: type, target: frame.name });
      form.append(Object.assign(document.createElement('input'), { name: body, value: '' }));
      document.body.append(frame, form);
      const loaded = new Promise((resolve) => { frame.onload = resolve; setTimeout(resolve, 2000); });
      form.submit();
      await loaded;
      try { read.push(frame.contentDocument.body.innerText); } catch {}
      frame.remove();
    }
    // What needs leave is asked for first, and is not given.
    for (const method of ['POST', 'PUT', 'DELETE', 'GET'])
      await fetch(address, { method, headers, ...(method !== 'GET' && { body }) })
        .then((answer) => answer.text()).then((text) => read.push(text)).catch(() => {});
    navigator.sendBeacon(address, body);
    for (const tag of ['img', 'script']) {
      const element = document.createElement(tag);
      const ended = new Promise((resolve) => { element.onload = element.onerror = resolve; });
      element.src = address;
      document.body.append(element);
      await ended;
    }
  }
  return read.join('\\n');
}`;

let hits = 0;
/** Without any check: shows that the page does reach loopback ports. */
const careless = createServer((request, response) => {
  hits += request.method === 'POST' ? 1 : 0;
  request.resume().on('end', () => response.end('read by anybody'));
});
const page = createServer((_request, response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title><body>hello'),
);
const doors = await Promise.all(DOOR_NAMES.map(async (name) => ({ name, ...(await openDoor(name)) })));
const carelessPort = await listenOnLoopback(careless, 0);
const pagePort = await listenOnLoopback(page, 0);
const browser = await startBrowser(browserHere(), [`--host-resolver-rules=MAP ${EVIL} 127.0.0.1`]);
const secrets = doors.map(({ secret }) => secret);
let pages = 0;
try {
  // The browser is the operator's own: it holds the console's cookie, which goes to every port of that name.
  for (const { port, signIn } of doors)
    for (const host of signIn === undefined ? [] : ['127.0.0.1', 'localhost']) {
      await browser.open(`http://${host}:${port}${signIn}`);
      await browser.until("location.search === '' && document.readyState === 'complete'");
    }
  const targets = (host: string) => [
    ...doors.flatMap(({ port, good, alsoGood = [] }) =>
      [good, ...alsoGood].map(({ path, body }) => ({
        url: `http://${host}:${port}`,
        path,
        headers: good.headers,
        body,
      })),
    ),
    { url: `http://${host}:${carelessPort}`, path: '/', headers: {}, body: 'x' },
  ];
  // From another site, from another port of this machine, and from a name that leads here.
  for (const from of [EVIL, '127.0.0.1', 'localhost'])
    for (const to of ['127.0.0.1', 'localhost', EVIL]) {
      // The receiver stands behind a tunnel and has no name of its own; it takes no browser whatever the name.
      await browser.open(`http://${from}:${pagePort}/`);
      await browser.until("document.title === 'page'");
      const before = hits;
      const read = String(await browser.evaluate(`(${ATTACK})(${JSON.stringify(targets(to))})`));
      assert.ok(hits > before, 'the page reaches a port that lets everybody in');
      for (const secret of secrets) assert.ok(!read.includes(secret));
      assert.deepEqual(
        doors.map(({ name, effects }) => [name, effects()]),
        doors.map(({ name }) => [name, 0]),
      );
      pages += 1;
    }
  // The page's own name and port lead here by now.
  for (const { port, good, secret } of doors)
    for (const path of [good.path, '/', '/__sandbox/', '/__sandbox/tickets', '/healthz']) {
      await browser.open(`http://${EVIL}:${port}${path}`);
      // An answer without a body is shown as the browser's own page.
      const isThere = `(location.port === '${port}' || location.protocol === 'chrome-error:')`;
      await browser.until(`${isThere} && document.readyState === 'complete'`);
      const shown = await browser.evaluate('document.documentElement.innerText');
      assert.ok(!String(shown).includes(secret));
    }
  assert.deepEqual(
    doors.map(({ effects }) => effects()),
    doors.map(() => 0),
  );
  process.stdout.write(
    `hostile page: ${pages} pairs of names, ${doors.length} ports, ${browser.requests.length} requests, 0 effects, nothing read; ${hits} posts reached a port without checks\n`,
  );
} finally {
  await browser.close();
  for (const door of doors) await door.close();
  for (const server of [careless, page]) {
    server.close();
    server.closeAllConnections();
  }
}

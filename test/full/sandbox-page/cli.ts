/** The sandbox's page in a real browser: writes as a customer and as an agent, shows hostile text as text, asks nobody else. */
import assert from 'node:assert/strict';
import { openEar, openShop } from '../../../local/sandbox/testing.ts';
import { browserHere } from '../../browser/browser.ts';
import { startBrowser } from './browser.ts';

const HOSTILE =
  '<img src="https://elsewhere.example/x" onerror="document.title=\'taken\'"> "where" is {{ticket.id}}?\nhello';

const ear = await openEar();
const shop = await openShop({ webhookUrl: ear.url, seedData: false });
const browser = await startBrowser(browserHere());
const steps: string[] = [];
const has = (text: string) => browser.until(`document.body?.innerText.includes(${JSON.stringify(text)})`);
const fill = (form: string, fields: Readonly<Record<string, string>>) =>
  browser.evaluate(`(() => {
    const form = document.getElementById(${JSON.stringify(form)});
    for (const [name, value] of Object.entries(${JSON.stringify(fields)})) form.elements[name].value = value;
    form.requestSubmit();
  })()`);
try {
  await browser.open(`${shop.url}/__sandbox/`);
  await has('No tickets yet.');
  steps.push('opened');

  const order = { orderId: '1043', email: 'nora.page@example.test' };
  await fill('customer', { channel: 'email', text: HOSTILE, order: '#1043' });
  await has('Refused: the order is no JSON; write it like');
  await fill('customer', { channel: 'email', text: HOSTILE, order: JSON.stringify(order) });
  await has('Written on ticket 20427; webhook: 200');
  assert.equal(ear.heard.length, 1);
  await has('<img src=');
  assert.equal(await browser.evaluate('document.querySelectorAll("img").length'), 0);
  assert.equal(await browser.evaluate('document.title'), 'Helpdesk sandbox');
  const [ticket] = shop.sandbox.world.tickets.values();
  assert.deepEqual([ticket?.via.channel, ticket?.comments[0]?.plainBody], ['email', HOSTILE]);
  assert.deepEqual(ticket?.linkage, { ...order, appClientId: 'acme-store-1' });
  steps.push('a customer wrote');

  const path = `/tickets/${encodeURIComponent(ticket?.id ?? '')}/send-message`;
  await shop.api('PUT', path, { body: 'Our answer.', author_id: 'usr_bot_01' });
  await has('received by the customer');
  await fill('agent', { text: 'I take over.', status: 'CLOSED' });
  await has('Done; the ticket is CLOSED');
  await has(`Ticket 20427, CLOSED`);
  steps.push('an agent wrote and closed');

  await fill('customer', { text: 'One more thing' });
  await has('Ticket 20427, OPEN');
  await browser.evaluate(`document.getElementById('leave').click()`);
  await has('A new conversation');
  await browser.evaluate(`document.querySelector('#tickets button').click()`);
  await has('One more thing');
  steps.push('the customer wrote again');

  const firstName = 'A'.repeat(300);
  await shop.sandbox.customerWrites({ channel: 'email', text: 'hello', customer: { firstName } });
  await has('AAA');
  const isWithin = "document.getElementById('tickets').getBoundingClientRect().right <= innerWidth";
  assert.equal(await browser.evaluate(isWithin), true);
  steps.push('a long name stays in its column');

  const foreign = browser.requests.filter((url) => !url.startsWith(`${shop.url}/`) && !url.startsWith('about:'));
  assert.deepEqual([foreign, browser.complaints.filter((text) => !text.includes('favicon'))], [[], []]);
  process.stdout.write(`sandbox page: ${steps.join(', ')}; ${browser.requests.length} requests, none elsewhere\n`);
} finally {
  await browser.close();
  await shop.close();
  await ear.close();
}

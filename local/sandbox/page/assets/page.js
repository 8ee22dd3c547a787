// Everything that anybody wrote goes into the page as text, never as markup.
const REFRESH_MS = 1500;
const element = (id) => document.getElementById(id);
let chosen = null;

async function call(method, path, body) {
  const response = await fetch(`/__sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error?.message ?? String(response.status));
  return answer;
}

function made(name, text, className = '') {
  const node = document.createElement(name);
  node.textContent = text;
  node.className = className;
  return node;
}

// The sandbox can be told to spell these in any of the vendor's ways.
const isOperator = ({ is_operator, isOperator: camel, sender_type, via }) =>
  [is_operator, camel, via?.is_operator, via?.isOperator].some((flag) => ['true', '1'].includes(String(flag))) ||
  sender_type === 'operator';
const statusOf = ({ status, state }) => status ?? state ?? '';

function row(ticket) {
  const line = document.createElement('tr');
  const choose = made('button', String(ticket.conversation_no));
  choose.type = 'button';
  choose.addEventListener('click', () => {
    chosen = ticket.id;
    void refresh();
  });
  const number = document.createElement('td');
  number.append(choose);
  const last = ticket.comments.at(-1);
  const by = last === undefined ? '' : isOperator(last) ? 'us' : 'customer';
  const cells = [
    ticket.via.channel ?? '',
    ticket.customer_profile?.name ?? ticket.via.source?.from?.name ?? '',
    statusOf(ticket),
    by,
  ];
  line.append(number, ...cells.map((cell) => made('td', cell)));
  return line;
}

function said(comment, received) {
  const item = made('li', comment.plain_body ?? comment.body, isOperator(comment) ? 'operator' : 'customer');
  const who = isOperator(comment) ? `operator ${comment.author_id ?? ''}` : 'customer';
  const how = received.has(comment.id) ? ', received by the customer' : '';
  item.prepend(made('small', `${comment.created_at} ${who}${how}`));
  return item;
}

function show(ticket, received) {
  const isOpen = ticket !== undefined;
  element('ticket-title').textContent = isOpen
    ? `Ticket ${ticket.conversation_no}, ${statusOf(ticket)}`
    : 'A new conversation';
  element('leave').hidden = !isOpen;
  element('agent').hidden = !isOpen;
  element('who').hidden = isOpen;
  element('tags').hidden = !isOpen;
  element('tags').textContent = isOpen ? `Tags: ${(ticket.tags ?? []).join(', ') || 'none'}` : '';
  element('thread').replaceChildren(...(isOpen ? ticket.comments.map((comment) => said(comment, received)) : []));
}

async function refresh() {
  try {
    const [tickets, outbox] = await Promise.all([call('GET', 'tickets?newest=50'), call('GET', 'outbox')]);
    element('tickets').replaceChildren(...tickets.map(row));
    element('empty').hidden = tickets.length > 0;
    const own =
      tickets.find(({ id }) => id === chosen) ??
      (chosen === null ? undefined : (await call('GET', `tickets?id=${encodeURIComponent(chosen)}`))[0]);
    show(own, new Set(outbox.map(({ commentId }) => commentId)));
  } catch {
    element('told').textContent = 'The sandbox does not answer.';
  }
}

function orderIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the order is no JSON; write it like { "orderId": "1043" }, or leave it empty');
  }
}

function whenSent(form, act) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    try {
      element('told').textContent = await act(fields);
      form.elements.text.value = '';
    } catch (error) {
      element('told').textContent = `Refused: ${error.message}`;
    }
    await refresh();
  });
}

whenSent(element('customer'), async ({ channel, firstName, email, order, text }) => {
  const about =
    chosen === null
      ? { channel, customer: { firstName, email }, ...(order.trim() === '' ? {} : { order: orderIn(order) }) }
      : { conversationId: chosen };
  const { conversationId, ticketNumber, webhooks } = await call('POST', 'messages', { ...about, text });
  chosen = conversationId;
  const told = webhooks.map(({ status }) => (status === 0 ? 'nobody answered' : status)).join(', ');
  return `Written on ticket ${ticketNumber}; webhook: ${told || 'none'}`;
});

whenSent(element('agent'), async ({ text, status, tags: typed }) => {
  const tags = typed
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const act = {
    ...(text === '' ? {} : { text }),
    ...(status === '' ? {} : { status }),
    ...(tags.length === 0 ? {} : { tags }),
  };
  const done = await call('POST', 'agent', { conversationId: chosen, ...act });
  return `Done; the ticket is ${done.status}`;
});

element('leave').addEventListener('click', () => {
  chosen = null;
  void refresh();
});

await refresh();
setInterval(refresh, REFRESH_MS);

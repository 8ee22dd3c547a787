// The page's only script: draws what the stream tells. Every text goes in as text, never as markup.
const MOST_ROWS = 100;
const BUSY_MS = 500;

const list = document.querySelector('#list');
const empty = document.querySelector('#empty');
const link = document.querySelector('#link');
const rows = new Map();
const nodes = [...document.querySelectorAll('.node[data-facts]')].map((element) => ({
  element,
  facts: new Set(element.dataset.facts.split(' ')),
  count: 0,
  timer: 0,
}));

function cell(row, text, className = '') {
  const element = row.insertCell();
  element.textContent = text;
  element.className = className;
  return element;
}

function draw(path) {
  const known = rows.get(path.root);
  const row = document.createElement('tr');
  cell(row, new Date(path.receivedAt).toLocaleTimeString());
  cell(row, path.ticket === null ? '' : `#${path.ticket}`);
  cell(row, path.channel);
  const labels = path.steps.filter((step) => step.fact !== 'MessageSettled').map((step) => step.label);
  cell(row, labels.join(' → '));
  cell(row, path.outcome ?? 'on its way', path.outcome ?? '').title = path.objections.join(', ');
  cell(row, path.ms ?? '');
  cell(row, path.team ?? '');
  cell(row, path.template ?? (path.wouldSend === null ? '' : `would be ${path.wouldSend}`));
  if (known === undefined) list.prepend(row);
  else known.row.replaceWith(row);
  const fresh = path.steps.slice(known === undefined ? 0 : known.steps);
  rows.set(path.root, { row, steps: path.steps.length });
  return fresh;
}

function light(steps) {
  for (const { fact } of steps) {
    const node = nodes.find(({ facts }) => facts.has(fact));
    if (node === undefined) continue;
    node.count += 1;
    node.element.querySelector('.count').textContent = node.count;
    node.element.classList.add('busy');
    clearTimeout(node.timer);
    node.timer = setTimeout(() => node.element.classList.remove('busy'), BUSY_MS);
  }
}

function trim() {
  while (list.rows.length > MOST_ROWS) list.rows[list.rows.length - 1].remove();
  for (const [root, { row }] of rows) if (!row.isConnected) rows.delete(root);
  empty.hidden = list.rows.length > 0;
}

function count({ outcomes, ...others }) {
  for (const [name, value] of Object.entries({ ...others, ...outcomes })) {
    const place = document.querySelector(`[data-count="${name}"]`);
    if (place !== null) place.textContent = value;
  }
}

const stream = new EventSource('/events');
stream.addEventListener('state', ({ data }) => {
  const { about, counters, paths } = JSON.parse(data);
  document.querySelector('#about').textContent = Object.entries(about)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ');
  list.replaceChildren();
  rows.clear();
  for (const path of paths.reverse()) draw(path);
  count(counters);
  trim();
});
stream.addEventListener('message', ({ data }) => {
  const { counters, paths } = JSON.parse(data);
  for (const path of paths) light(draw(path));
  count(counters);
  trim();
});
stream.addEventListener('open', () => {
  link.textContent = 'live';
});
stream.addEventListener('error', () => {
  link.textContent = 'not connected; trying again';
});

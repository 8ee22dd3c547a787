/** The search of the site. The index is a script of the site's own and comes with the first word: no request leaves for anywhere else. */
import MiniSearch from 'minisearch';
import { SEARCH } from '../search-options.ts';

const MOST = 12;
const root = document.documentElement.dataset.root;
const input = document.querySelector('#search');
const results = document.querySelector('#results');
const told = document.querySelector('#found');
const form = document.querySelector('#search-form');

let loading;
function index() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${root}assets/search-index.js`;
    script.addEventListener('load', () => resolve(MiniSearch.loadJS(window.frontdeskSearchIndex, SEARCH)));
    script.addEventListener('error', () => reject(new Error('the index cannot be read')));
    document.head.append(script);
  });
  return loading;
}

function entryOf({ href, title, heading, excerpt }) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = `${root}${href}`;
  const name = document.createElement('strong');
  name.textContent = heading === '' || heading === title ? title : `${title} · ${heading}`;
  const words = document.createElement('span');
  words.textContent = excerpt;
  link.append(name, words);
  item.append(link);
  return item;
}

let asked = 0;
async function find(words) {
  asked += 1;
  const question = asked;
  const found = words.trim() === '' ? [] : (await index()).search(words);
  // A slower answer to a shorter word must not replace a newer one.
  if (question !== asked) return;
  results.replaceChildren(...found.slice(0, MOST).map(entryOf));
  results.hidden = found.length === 0;
  const rest = found.length > MOST ? `, the best ${MOST} shown` : '';
  told.textContent = words.trim() === '' ? '' : found.length === 0 ? 'Nothing found' : `${found.length} found${rest}`;
}

const links = () => [...results.querySelectorAll('a')];

function step(event, by) {
  const all = links();
  const at = all.indexOf(document.activeElement) + by;
  event.preventDefault();
  if (at < 0) input.focus();
  else all[Math.min(at, all.length - 1)]?.focus();
}

input.addEventListener('focus', () => void index());
input.addEventListener('input', () => void find(input.value));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  links()[0]?.click();
});
form.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') step(event, 1);
  if (event.key === 'ArrowUp') step(event, -1);
  if (event.key !== 'Escape') return;
  input.value = '';
  void find('');
  input.focus();
});
results.addEventListener('click', () => {
  // A hit on this very page moves to its heading: the list must not stay over it.
  input.value = '';
  void find('');
});
document.addEventListener('keydown', (event) => {
  const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  input.focus();
});

// On a wide screen the navigation stands beside the page; on a phone it opens when it is wanted.
const navigation = document.querySelector('#navigation');
const wide = window.matchMedia('(min-width: 60rem)');
const show = () => {
  navigation.open = wide.matches;
};
wide.addEventListener('change', show);
show();

/** Where in the console one is: the browser's own address, so that a page can be linked, reloaded and gone back to. */
import { signal } from '@preact/signals';

export type Place = { readonly path: string; readonly rest: string; readonly query: URLSearchParams };

function placeNow(): Place {
  const [, path = '', ...rest] = location.pathname.split('/');
  return { path, rest: decoded(rest.join('/')), query: new URLSearchParams(location.search) };
}

/** An address that was typed or cut short may be no encoding of anything: then it stays as it stands there. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const place = signal<Place>(placeNow());

/** @param address  within the console, such as `/conversations/1042` */
export function go(address: string): void {
  history.pushState(null, '', address);
  arrive();
}

/** Puts what is being looked at into the address without a step of its own. */
export function note(address: string): void {
  history.replaceState(null, '', address);
  place.value = placeNow();
}

function arrive(): void {
  place.value = placeNow();
  scrollTo(0, 0);
  announce();
}

addEventListener('popstate', () => {
  const before = place.value;
  place.value = placeNow();
  // A link within the page comes here too, and leads where it says.
  if (before.path !== place.value.path || before.rest !== place.value.rest) announce();
});

/** Somebody came to a page whose name was not told yet. */
let hasJustArrived = false;

/** Who listens hears the new page's name; who uses the keyboard starts at its top. */
function announce(): void {
  hasJustArrived = true;
  // A page that is there already shows its heading by then; one that is still loading brings it with it.
  requestAnimationFrame(() => {
    const heading = document.querySelector<HTMLElement>('main h1');
    if (heading !== null) greet(heading);
  });
}

/** Puts the keyboard on a heading that has appeared, where somebody has just come to its page. */
export function greet(heading: HTMLElement): void {
  if (!hasJustArrived) return;
  hasJustArrived = false;
  heading.focus();
}

/** For the links of the page: a plain click stays here, anything else is the browser's. */
export function onLink(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (
    link === null ||
    !isPlain ||
    link.target !== '' ||
    link.origin !== location.origin ||
    link.hasAttribute('download')
  )
    return;
  // Another site below the same address.
  if (link.pathname.startsWith('/docs/')) return;
  if (link.hash !== '' && link.pathname === location.pathname) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

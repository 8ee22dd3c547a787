/** Where in the console one is: the browser's own address, so that a page can be linked, reloaded and gone back to. */
import { signal } from '@preact/signals';

export type Place = { readonly path: string; readonly rest: string; readonly query: URLSearchParams };

function placeNow(): Place {
  const [, path = '', ...rest] = location.pathname.split('/');
  return { path, rest: decodeURIComponent(rest.join('/')), query: new URLSearchParams(location.search) };
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
  // Who listens hears the new page's name; who uses the keyboard starts at its top.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus());
}

addEventListener('popstate', () => {
  place.value = placeNow();
});

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

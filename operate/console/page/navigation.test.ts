import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** The browser, as far as the address goes. */
function browserAt(pathname: string) {
  const address = { pathname, search: '' };
  const events = new EventTarget();
  const frames: (() => void)[] = [];
  const page = { heading: null as { focus(): void } | null };
  vi.stubGlobal('location', address);
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('document', { querySelector: () => page.heading });
  return {
    page,
    back(to: string): void {
      address.pathname = to;
      events.dispatchEvent(new Event('popstate'));
      for (const frame of frames.splice(0)) frame();
    },
  };
}
const headingOf = () => ({ focus: vi.fn() }) as unknown as HTMLElement;

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

it('an address that is no encoding stays as it stands there', async () => {
  browserAt('/conversations/100%');
  const { place } = await import('./navigation.ts');
  expect(place.value).toMatchObject({ path: 'conversations', rest: '100%' });
});

it('after Back, the heading gets the keyboard, also one that comes late, and once', async () => {
  const browser = browserAt('/quality');
  const { greet } = await import('./navigation.ts');
  const [first, late, later] = [headingOf(), headingOf(), headingOf()];
  greet(first);
  expect(first.focus).not.toHaveBeenCalled();
  browser.back('/switches');
  greet(late);
  greet(later);
  expect(late.focus).toHaveBeenCalledTimes(1);
  expect(later.focus).not.toHaveBeenCalled();
  browser.page.heading = first;
  browser.back('/quality');
  expect(first.focus).toHaveBeenCalledTimes(1);
});

it('a link within the page leaves the keyboard where it leads', async () => {
  const browser = browserAt('/quality');
  browser.page.heading = headingOf();
  await import('./navigation.ts');
  browser.back('/quality');
  expect(browser.page.heading.focus).not.toHaveBeenCalled();
});

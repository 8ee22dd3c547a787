/** The frame of every page: menu, state of the instance, and what is shown within. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { about, link } from './live/stream.ts';
import { MENU, STAGE_PAGES } from './menu.ts';
import { note, onLink, place } from './navigation.ts';
import { Notice } from './parts/notice.tsx';
import { ThemeSwitch } from './parts/theme.tsx';
import { Zones } from './parts/time.tsx';
import { type PageProps, ROUTES } from './routes.ts';

export function App() {
  const { path } = place.value;
  const isStage = about.value.stage !== undefined;
  const pages = MENU.filter((one) => !isStage || STAGE_PAGES.includes(one.path));
  const page = pages.find((one) => one.path === path);
  useEffect(() => {
    // The live view is no page of a stage: what opens first there is its first page.
    if (isStage && path === '') note(`/${STAGE_PAGES[0]}`);
  }, [isStage, path]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: links are keyed by the browser; this hears their clicks
    // biome-ignore lint/a11y/noStaticElementInteractions: the same
    <div class="frame" onClick={onLink}>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <header class="head">
        <p class="brand">Frontdesk</p>
        <nav aria-label="Pages">
          <ul>
            {pages.map((one) => (
              <li key={one.path}>
                <a href={`/${one.path}`} aria-current={one.path === path ? 'page' : undefined}>
                  {one.name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <a href="/docs/">Docs</a>
        <Zones />
        <ThemeSwitch />
      </header>
      <p class="standing">
        <span role="status" class={`link ${link.value}`}>
          {isStage && link.value === 'live' ? NO_TAP : LINK_WORDS[link.value]}
        </span>
        {Object.entries(about.value).map(([name, value]) => (
          <span key={name}>
            {name} <b>{value}</b>
          </span>
        ))}
      </p>
      <main id="main" tabIndex={-1} data-page={path === '' ? 'live' : path}>
        {page === undefined ? <Unknown /> : <Loaded key={path} load={ROUTES[page.path]} />}
      </main>
    </div>
  );
}

const LINK_WORDS = {
  connecting: 'connecting',
  live: 'live',
  lost: 'connection lost, trying again',
  over: 'this link is over: open the link that npm start printed last',
} as const;

const NO_TAP = 'connected; nothing comes by itself from a stage, pages tell what they read';

function Unknown() {
  return (
    <>
      <h1 tabIndex={-1}>No such page</h1>
      <p>
        <a href="/">Go to the live view</a>
      </p>
    </>
  );
}

function Loaded({ load }: { load: () => Promise<{ Page: ComponentType<PageProps> }> }) {
  const [page, setPage] = useState<{ Page: ComponentType<PageProps> } | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    load().then(setPage, () => setHasFailed(true));
  }, [load]);
  if (hasFailed) return <Notice kind="failed">This page did not load. Reload it.</Notice>;
  if (page === null) return <p role="status">loading</p>;
  return <page.Page rest={place.value.rest} />;
}

/** What each page of the menu shows. Each loads its code when it is opened. */
import type { ComponentType } from 'preact';
import type { PagePath } from './menu.ts';

/** @property rest  what stands behind the page's own address, decoded: a ticket, a name; empty where nothing does. */
export type PageProps = { readonly rest: string };

type Load = () => Promise<{ readonly Page: ComponentType<PageProps> }>;

export const ROUTES: Readonly<Record<PagePath, Load>> = {
  '': () => import('./pages/live/live.tsx'),
  switches: () => import('./pages/switches/switches.tsx'),
  replay: () => import('./pages/replay/replay.tsx'),
  conversations: () => import('./pages/conversations/conversations.tsx'),
  cost: () => import('./pages/cost/cost.tsx'),
  try: () => import('./pages/try/try.tsx'),
  quality: () => import('./pages/quality/quality.tsx'),
  reports: () => import('./pages/reports/reports.tsx'),
  'what-if': () => import('./pages/what-if/what-if.tsx'),
};

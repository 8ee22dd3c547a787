/** The pages of the console, in the order of its menu. Each loads its code when it is opened. */
import type { ComponentType } from 'preact';

/** @property rest  what stands behind the page's own address, decoded: a ticket, a name; empty where nothing does. */
export type PageProps = { readonly rest: string };

export type Route = {
  /** First part of the address; empty for the page that opens first. */
  readonly path: string;
  readonly name: string;
  load(): Promise<{ readonly Page: ComponentType<PageProps> }>;
};

export const ROUTES: readonly Route[] = [{ path: '', name: 'Live', load: () => import('./pages/live/live.tsx') }];

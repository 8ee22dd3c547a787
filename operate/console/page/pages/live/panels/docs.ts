/** @param page  a file below `docs/`, such as `events/ticket-routed.md` */
export const docsAddress = (page: string): string => `/docs/docs/${page.replace(/\.md$/, '.html')}`;

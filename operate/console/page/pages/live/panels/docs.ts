/** @param page  a file below `docs/`, such as `events/ticket-routed.md` */
export const docsAddress = (page: string): string => `/docs/${page.replace(/\.md$/, '')}`;

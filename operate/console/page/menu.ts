/** The pages of the console by their addresses, in the order of the menu. */
export const MENU = [
  { path: '', name: 'Live' },
  { path: 'what-if', name: 'What-if' },
  { path: 'quality', name: 'Quality' },
] as const;

export type PagePath = (typeof MENU)[number]['path'];
export type PageName = (typeof MENU)[number]['name'];

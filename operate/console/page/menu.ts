/** The pages of the console by their addresses, in the order of the menu. */
export const MENU = [
  { path: '', name: 'Live' },
  { path: 'switches', name: 'Switches' },
  { path: 'replay', name: 'Replay' },
] as const;

export type PagePath = (typeof MENU)[number]['path'];
export type PageName = (typeof MENU)[number]['name'];

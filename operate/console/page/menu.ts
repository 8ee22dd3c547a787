/** The pages of the console by their addresses, in the order of the menu. */
export const MENU = [
  { path: '', name: 'Live' },
  { path: 'conversations', name: 'Conversation' },
  { path: 'switches', name: 'Switches' },
  { path: 'replay', name: 'Replay' },
  { path: 'what-if', name: 'What-if' },
  { path: 'quality', name: 'Quality' },
  { path: 'reports', name: 'Reports' },
  { path: 'cost', name: 'Cost and health' },
  { path: 'try', name: 'Try it' },
] as const;

export type PagePath = (typeof MENU)[number]['path'];

/** Pages that a deployed stage can answer; the others are left out of its menu. */
export const STAGE_PAGES: readonly PagePath[] = ['conversations', 'switches'];

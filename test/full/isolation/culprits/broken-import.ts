/** Cannot be loaded. */
throw new SyntaxError('broken on purpose');

export function handler(): void {}

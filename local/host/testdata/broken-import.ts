/** A module that cannot be loaded. */
throw new SyntaxError('broken on purpose');

export async function handler(): Promise<void> {}

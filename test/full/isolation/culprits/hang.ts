/** Never resolves. */
export function handler(): Promise<void> {
  return new Promise(() => {});
}

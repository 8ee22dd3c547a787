/** Ends what it runs in. */
export function handler(): void {
  process.exit(7);
}

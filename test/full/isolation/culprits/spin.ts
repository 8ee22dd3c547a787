/** Never gives its thread back. */
export function handler(): void {
  for (;;);
}

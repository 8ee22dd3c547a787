/** What a person looks at more closely: somebody in the choreography, or a fact. */
import { signal } from '@preact/signals';

export type Choice = { readonly kind: 'box'; readonly id: string } | { readonly kind: 'fact'; readonly event: string };

export const choice = signal<Choice | null>(null);
/** Where the keyboard was, to go back to. */
let origin: HTMLElement | null = null;

export function choose(next: Choice): void {
  // A choice made within the panel leads back to where the first one was made.
  if (choice.value === null && document.activeElement instanceof HTMLElement) origin = document.activeElement;
  choice.value = next;
}

export function unchoose(): void {
  choice.value = null;
  origin?.focus();
  origin = null;
}

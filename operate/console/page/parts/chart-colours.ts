/** Colours of the theme for a canvas, which knows no style sheet. */

export type Tone = 'accent' | 'replied' | 'routed' | 'suppressed' | 'failed' | 'quiet';

const NAMES = ['accent', 'replied', 'routed', 'suppressed', 'failed', 'quiet', 'line', 'panel'] as const;

export const toneClass = (tone: Tone): string => `tone-${tone}`;

/** As they stand where the element is: a variable that holds two themes is resolved by a colour only. */
export function coloursOf(element: HTMLElement): Readonly<Record<(typeof NAMES)[number], string>> {
  const probe = document.createElement('span');
  element.append(probe);
  const entries = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Record<(typeof NAMES)[number], string>;
}

/** Hears of another theme, the system's or the one that was chosen. Answers how to stop. */
export function onTheme(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(listener);
  system.addEventListener('change', listener);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', listener);
    chosen.disconnect();
  };
}

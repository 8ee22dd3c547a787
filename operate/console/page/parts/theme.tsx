import { signal } from '@preact/signals';

type Theme = 'system' | 'light' | 'dark';
const KEY = 'frontdesk-theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const theme = signal<Theme>(THEMES.find((one) => one === localStorage.getItem(KEY)) ?? 'system');
const show = (): void => document.documentElement.setAttribute('data-theme', theme.value);
show();

/** As the system has it, unless a person chose. */
export function ThemeSwitch() {
  return (
    <label class="theme">
      <span>Theme</span>
      <select
        value={theme.value}
        onChange={(event) => {
          theme.value = THEMES.find((one) => one === event.currentTarget.value) ?? 'system';
          localStorage.setItem(KEY, theme.value);
          show();
        }}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

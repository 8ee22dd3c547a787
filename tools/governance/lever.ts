/** The one lever that takes a change back (platform §9.2): it must exist before the change does. */
import { flagDeclaration, SWITCHED_RULES } from '../../events/flags.ts';
import { TEMPLATE_IDS } from '../../events/words.ts';

/** What a release pins by name, each with its version before it as the way back. */
const PINS = ['models.classify', 'models.verify', 'models.moderate', 'routing_prompt', 'verifier_prompt', 'thresholds'];

const KINDS: Readonly<Record<string, (named: string, releases: readonly string[]) => string | null>> = {
  template: (named) => known(named, TEMPLATE_IDS, 'template'),
  flag: (named) => (flagDeclaration(named) === undefined ? `there is no flag ${named}` : null),
  rule: (named) => known(named, Object.keys(SWITCHED_RULES), 'rule that can be switched off,'),
  pin: (named) => known(named, PINS, 'pin'),
  release: (named, releases) => known(named, releases, 'release'),
  revert: (named) => (named === '' ? null : '`revert` stands alone'),
};

/** @param releases  versions that can be deployed again */
export function objectionToLever(text: string, releases: readonly string[]): string | null {
  const words = text.replaceAll('`', '').trim();
  if (/[,;]|\band\b|\bor\b/.test(words)) return 'name one lever, not several';
  const [kind = '', ...rest] = words.split(/\s+/);
  const judge = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return judge === undefined ? `begin with one of ${Object.keys(KINDS).join(', ')}` : judge(rest.join(' '), releases);
}

function known(named: string, all: readonly string[], what: string): string | null {
  return all.includes(named) ? null : `there is no ${what} ${named === '' ? '(none is named)' : named}`;
}

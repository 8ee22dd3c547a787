/** TL14, the half that no approval cures: a text that only people may send is never automatic and never switched on (replies §1.4). */
import { CHANNELS } from '../events/words.ts';
import type { Finding } from './findings.ts';
import { finding } from './findings.ts';
import { isAutoOn } from './library.ts';
import type { LintContext } from './lint-context.ts';
import { metaLine } from './lint-context.ts';
import type { SourceTemplate } from './load.ts';

export function lintSwitches(
  templates: readonly SourceTemplate[],
  { neverAutomatic, target }: Pick<LintContext, 'neverAutomatic' | 'target'>,
): Finding[] {
  const on = neverAutomatic
    .filter((id) => target?.enabled.includes(id))
    .map((id) =>
      finding(
        'TL14',
        `templates/${id}/template.yaml`,
        1,
        `is switched on in ${target?.environment}`,
        'Switch it off: only people may send it.',
      ),
    );
  const automatic = templates
    .filter(({ meta }) => neverAutomatic.includes(meta.id))
    .flatMap((template) =>
      CHANNELS.filter((channel) => isAutoOn(template, channel)).map((channel) =>
        finding(
          'TL14',
          template.metaFile,
          metaLine(template, 'channels'),
          `is auto on ${channel}`,
          'Set it to macro or never: only people may send it.',
        ),
      ),
    );
  return [...on, ...automatic];
}

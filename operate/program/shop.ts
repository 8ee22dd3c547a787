/** What a shop adapts: the texts, the configuration. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addTemplates(program: Command, run: RunCommand): void {
  const templates = under(
    program,
    'templates',
    'What customers and agents read.',
    'npx frontdesk template preview t_damaged_item_intake',
  ).alias('template');
  under(
    templates,
    'preview',
    'Shows every body of a template with sample values; needs no running instance.',
    'npx frontdesk template preview t_damaged_item_intake',
  )
    .argument('<id>', 'id of the template')
    .action((id: string) =>
      run(async (context) => (await import('../commands/template-preview.ts')).previewTemplate(context, id)),
    );
  under(
    templates,
    'macros',
    'Shows the texts of the macros for agents, and how the workspace differs: teams, tags, macros.',
    'npx frontdesk templates macros --export macros.json',
  )
    .option('--export <FILE>', 'macros of the workspace, exported by hand: a JSON array of {"name", "text"}')
    .action((options) =>
      run(async (context) => (await import('../commands/template-macros.ts')).templateMacros(context, options)),
    );
}

export function addConfig(program: Command, run: RunCommand): void {
  const load = () => import('../commands/config.ts');
  const config = under(
    program,
    'config',
    'What a shop adapts: config/frontdesk.yaml.',
    'npx frontdesk config explain business.zone',
  );
  under(config, 'check', 'Names every mistake with line, key and cure.', 'npx frontdesk config check').action(() =>
    run(async (context) => (await load()).checkConfig(context)),
  );
  under(
    config,
    'show',
    'Shows the configuration in force with its version.',
    'npx frontdesk config show --json',
  ).action(() => run(async (context) => (await load()).showConfig(context)));
  under(
    config,
    'explain',
    'Says what a key means, what it takes and what it is now.',
    'npx frontdesk config explain limits',
  )
    .argument('<key>', 'a key or a section, with dots')
    .action((key: string) => run(async (context) => (await load()).explainConfig(context, key)));
}

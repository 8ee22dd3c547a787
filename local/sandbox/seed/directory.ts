/** The invented shop's staff, teams, channels and tags (§12.5). */
import { ROUTE_TAGS, TEAMS } from '../../../events/words.ts';
import { createTag } from '../model/tags.ts';
import type { Agent, ChannelSeat, NamedThing } from '../model/types.ts';
import type { World } from '../model/world.ts';

export const HUMAN_AGENT = 'usr_07';

const AGENTS: readonly Agent[] = [
  { id: HUMAN_AGENT, name: 'Ida Berg', email: 'ida.berg@acme.example', role: 'agent' },
  { id: 'usr_08', name: 'Theo Lund', email: 'theo.lund@acme.example', role: 'agent' },
];

const TEAM_IDS: Readonly<Record<string, string>> = {
  'Email Support Team': 'team_support',
  'Returns Admin': 'team_returns',
  'Chargebacks / Disputes Team': 'team_risk',
};

const SEATS: readonly ChannelSeat[] = [
  { id: 'ch_email_1', type: 'email', brandName: 'Acme Store' },
  { id: 'ch_messenger_1', type: 'messenger', brandName: 'Acme Store' },
];

/** Enough tags for a second page; two differ by case only. */
const TAG_COUNT = 130;
const OWN_TAGS: readonly string[] = ['VIP', 'vip', 'wholesale', 'gift', 'press', ...ROUTE_TAGS];

/** Fills the lists that `GET /users`, `/teams`, `/channel` and `/tags` show. */
export function furnish(world: World): void {
  world.agents = [
    { id: world.options.botAgentId, name: 'Frontdesk', email: 'frontdesk@acme.example', role: 'agent' },
    ...AGENTS,
  ];
  world.teams = TEAMS.map((name): NamedThing => ({ id: TEAM_IDS[name] ?? `team_${slug(name)}`, name }));
  world.channels = SEATS;
  if (world.tags.size > 0) return;
  for (const name of OWN_TAGS) createTag(world, name);
  for (let number = 1; number <= TAG_COUNT - OWN_TAGS.length; number += 1) {
    createTag(world, `topic-${String(number).padStart(3, '0')}`);
  }
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]+/g, '_');
}

/** On every resource (platform §1.1); `env` is also what roles ask of a resource. */
import type { NamedStage } from './stages.ts';

export function tagsOf({
  name,
  owner,
  costCenter,
}: Pick<NamedStage, 'name' | 'owner' | 'costCenter'>): Record<string, string> {
  return { env: name, service: 'frontdesk', owner, ...(costCenter !== null && { 'cost-center': costCenter }) };
}

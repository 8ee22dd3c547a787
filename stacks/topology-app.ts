/** What SST is told of the whole app before anything is made: name, provider, what a removal leaves. */
import { PLACEHOLDER_ACCOUNT, STAGE_NAMES, type StageTable, stageOf } from './stages.ts';
import { tagsOf } from './topology-tags.ts';

/** Pinned: an unpinned provider is looked up as "latest" at deploy. */
const AWS_PROVIDER = '7.20.0';

/** A name that is no stage gets an app that can be looked at; making its resources is refused (`deployableStageOf`). */
export function appOf(name: string, variables: Readonly<Record<string, string | undefined>>, stages?: StageTable) {
  const isStage = STAGE_NAMES.some((one) => one === name);
  const stage = stageOf(isStage ? name : 'dev', variables, stages);
  const { region, accountId, data } = stage;
  const isGuarded = isStage && accountId !== null && accountId !== PLACEHOLDER_ACCOUNT;
  return {
    name: 'frontdesk',
    home: 'aws',
    removal: data.isRetained ? 'retain' : 'remove',
    protect: data.isRetained,
    providers: {
      aws: {
        version: AWS_PROVIDER,
        region,
        // The provider itself refuses other credentials, before our own guard is asked.
        ...(isGuarded && { allowedAccountIds: [accountId] }),
        ...(isStage && { defaultTags: { tags: tagsOf(stage) } }),
      },
    },
  } as const;
}

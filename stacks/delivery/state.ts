/** What SST keeps of a deploy: its state, its assets and who it deploys as. */
import type { Place } from '../topology-names.ts';
import type { Statement } from '../topology-permissions.ts';
import { namesIn, of } from './actions.ts';

export function stateStatementsOf(place: Place): Statement[] {
  const { env, partition } = place;
  const { arn } = namesIn(place);
  return [
    {
      actions: of('s3', 'DeleteObject', 'GetBucketLocation', 'GetObject', 'ListBucket', 'PutObject'),
      resources: [`arn:${partition}:s3:::sst-state-*`, `arn:${partition}:s3:::sst-asset-*`],
    },
    { actions: of('ssm', 'GetParameter', 'GetParameters'), resources: [arn('ssm', 'parameter/sst/*')] },
    { actions: of('ssm', 'PutParameter'), resources: [arn('ssm', `parameter/sst/passphrase/frontdesk/${env}`)] },
    // The caller is asked of by itself.
    { actions: of('sts', 'GetCallerIdentity'), resources: ['*'] },
  ];
}

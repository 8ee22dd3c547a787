/** The vault opened with the stage's own key: what it may hold within its hours, and what it may not (platform §4.1). */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { seededIds } from '../../../functions/shared/ids/memory.ts';
import { cipherFrom } from '../../../functions/shared/vault/cipher.ts';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { tablesOf } from '../../processes/folder.ts';
import { scanBytes } from './scan/scan.ts';
import type { Leak } from './scan/search.ts';

export type Vault = {
  readonly texts: number;
  readonly orders: number;
  /** What lies there and may not. */
  readonly leaks: readonly Leak[];
  /** Conversations whose order facts are kept. */
  readonly ordersOf: readonly string[];
};

/** A message's own sentences may lie in its redacted text; number and parcel of the order in its facts. */
const ALLOWED: Readonly<Record<string, (leak: Leak) => boolean>> = {
  txt: ({ sort }) => sort === 'prose',
  ord: ({ mark }) => mark === 'order' || mark === 'digits',
};

export async function openVault(data: string, ready: ReadyObject): Promise<Vault> {
  const cipher = cipherFrom({ read: () => vaultKey(ready) }, seededIds('vault'));
  const tables = await tablesOf(data);
  const counted = { txt: 0, ord: 0 };
  const leaks: Leak[] = [];
  const ordersOf: string[] = [];
  for await (const { ref, sealed } of tables.scan('vault', {})) {
    const [kind = '', conversationId = ''] = String(ref).split(':');
    if (kind !== 'txt' && kind !== 'ord') throw new Error('the vault holds what nobody knows');
    counted[kind] += 1;
    if (kind === 'ord') ordersOf.push(conversationId);
    const found = await scanBytes(`vault ${kind}:`, Buffer.from(await cipher.open(String(sealed))));
    leaks.push(...found.filter((leak) => ALLOWED[kind]?.(leak) !== true));
  }
  await tables.close();
  return { texts: counted.txt, orders: counted.ord, leaks, ordersOf };
}

let key: Promise<string> | null = null;

function vaultKey({ awsEndpoint, region }: ReadyObject): Promise<string> {
  key ??= (async () => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new SecretsManagerClient({ endpoint: awsEndpoint, region, credentials });
    const { SecretString = '' } = await client.send(
      new GetSecretValueCommand({ SecretId: 'frontdesk/local/vault_key' }),
    );
    client.destroy();
    return SecretString;
  })();
  return key;
}

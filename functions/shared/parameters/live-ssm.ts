/** Flags in Parameter Store, all asked names in one await. */
import { GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { asking } from '../aws/live-client.ts';
import type { Parameters } from '../ports.ts';

/** `GetParameters` takes ten. */
const NAMES_A_CALL = 10;

/** Reads below `/frontdesk/<env>/`; a name that does not exist is `null`. */
export function ssmParameters(client: SSMClient, env: string): Parameters {
  const prefix = `/frontdesk/${env}/`;
  return {
    async read(names) {
      const unique = [...new Set(names)];
      const chunks = Array.from({ length: Math.ceil(unique.length / NAMES_A_CALL) }, (_value, index) =>
        unique.slice(index * NAMES_A_CALL, (index + 1) * NAMES_A_CALL),
      );
      const answers = await Promise.all(
        chunks.map((chunk) =>
          asking('ssm', 'read', () =>
            client.send(new GetParametersCommand({ Names: chunk.map((name) => prefix + name) })),
          ),
        ),
      );
      const found = new Map(
        answers.flatMap(({ Parameters: parameters = [] }) => parameters.map(({ Name, Value }) => [Name, Value])),
      );
      return Object.fromEntries(unique.map((name) => [name, found.get(prefix + name) ?? null]));
    },
  };
}

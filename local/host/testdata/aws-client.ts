/** Uses the AWS SDK and Powertools as the real functions do: no endpoint, no credentials, no local branch. */
import { Logger } from '@aws-lambda-powertools/logger';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

const logger = new Logger();
const client = new SSMClient();

export async function handler(event: { readonly parameter: string }): Promise<string | undefined> {
  logger.info('read');
  const { Parameter } = await client.send(new GetParameterCommand({ Name: event.parameter }));
  return Parameter?.Value;
}

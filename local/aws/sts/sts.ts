/** STS, one operation: who am I? Any credentials are the account's own. */
import { randomUUID } from 'node:crypto';
import { AwsError, type AwsService, type RawHandler } from '../service.ts';
import { element, isForm, queryFailure, xmlDocument } from '../xml.ts';

const VERSION = '2011-06-15';
const NAMESPACE = `https://sts.amazonaws.com/doc/${VERSION}/`;

export type Sts = { readonly service: AwsService; readonly rawHandler: RawHandler };

export function createSts({ accountId }: { readonly accountId: string }): Sts {
  const identity = { UserId: accountId, Account: accountId, Arn: `arn:aws:iam::${accountId}:root` };
  return {
    service: {
      targetPrefix: 'AWSSecurityTokenServiceV20110615',
      jsonVersion: '1.1',
      operations: { GetCallerIdentity: () => identity },
    },
    rawHandler: {
      matches: (request) => isForm(request) && new URLSearchParams(request.body).get('Version') === VERSION,
      async handle(request) {
        const action = new URLSearchParams(request.body).get('Action');
        if (action === 'GetCallerIdentity') {
          return { status: 200, headers: { 'content-type': 'text/xml' }, body: identityXml(identity) };
        }
        return queryFailure(new AwsError('InvalidAction', 'The action is not valid for this endpoint.'), NAMESPACE);
      },
    },
  };
}

function identityXml(identity: Readonly<Record<string, string>>): string {
  const fields = Object.entries(identity).map(([name, value]) => element(name, value));
  const result = `<GetCallerIdentityResult>${fields.join('')}</GetCallerIdentityResult>`;
  const metadata = `<ResponseMetadata>${element('RequestId', randomUUID())}</ResponseMetadata>`;
  return xmlDocument('GetCallerIdentityResponse', NAMESPACE, `${result}${metadata}`);
}

/** STS, one operation: who am I? Any credentials are the account's own. */
import { randomUUID } from 'node:crypto';
import type { AwsService, RawHandler } from '../service.ts';
import { element, isForm, xmlDocument } from '../xml.ts';

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
        const isKnown = action === 'GetCallerIdentity';
        const body = isKnown ? identityXml(identity) : unknownActionXml();
        return { status: isKnown ? 200 : 400, headers: { 'content-type': 'text/xml' }, body };
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

function unknownActionXml(): string {
  const message = 'The action is not valid for this endpoint.';
  const error = `<Error>${element('Type', 'Sender')}${element('Code', 'InvalidAction')}${element('Message', message)}</Error>`;
  return xmlDocument('ErrorResponse', NAMESPACE, `${error}${element('RequestId', randomUUID())}`);
}

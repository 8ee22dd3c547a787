/** The one stage that runs on one machine (interfaces §1). */
export const STAGE = { env: 'local', region: 'us-east-2', accountId: '000000000000' } as const;

import { expect, it } from 'vitest';
import { asking } from './clients.ts';

/** What a call becomes that throws an error of this name. */
const failureOf = (name: string): Promise<unknown> =>
  asking('Parameter Store', () => Promise.reject(Object.assign(new Error('secret detail'), { name }))).catch(
    (error: unknown) => error,
  );

it.each(['CredentialsProviderError', 'ExpiredTokenException', 'UnrecognizedClientException', 'AccessDeniedException'])(
  '%s names the credentials to set, and no terminal of npm start',
  async (name) => {
    const failure = await failureOf(name);
    expect(failure).toMatchObject({
      code: 'aws_credentials',
      message: expect.stringContaining(`(${name})`),
      cure: expect.stringMatching(/AWS_PROFILE.*AWS_ACCESS_KEY_ID/),
    });
    expect(JSON.stringify({ ...(failure as object), message: (failure as Error).message })).not.toMatch(
      /npm start|running instance|secret detail/,
    );
  },
);

it('anything else is a matter of the running instance', async () => {
  expect(await failureOf('TimeoutError')).toMatchObject({
    code: 'endpoint_failed',
    cure: expect.stringContaining('npm start'),
  });
});

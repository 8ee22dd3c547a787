import { expect, it } from 'vitest';
import { Failure } from '../failure.ts';
import { asking, seenOnAws } from './clients.ts';

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

it('on AWS, no terminal of this machine is looked at', async () => {
  const failure = seenOnAws((await failureOf('TimeoutError')) as Failure);
  expect(failure).toMatchObject({
    code: 'endpoint_failed',
    message: 'Parameter Store did not answer (TimeoutError)',
    cure: expect.stringContaining('aws sts get-caller-identity'),
  });
  expect(failure.cure).not.toMatch(/npm start|doctor/);
  const other = new Failure('no_data', 'there is none', 'look elsewhere');
  expect(seenOnAws(other)).toBe(other);
});

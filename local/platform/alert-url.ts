/** The address of `--alert-url`. */
import { InvalidArgumentError } from 'commander';

/** Throws what the reader of options turns into one line. */
export function alertUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new InvalidArgumentError('give an address that begins with http:// or https://.');
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('put no name and password into the address: a secret in its path or query will do.');
  return url;
}

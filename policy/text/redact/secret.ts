/** Keys, tokens, passwords and codes, and long random strings that can only be one (platform §4.3). */
import { type Detector, spansOf } from './detector.ts';

const PREFIXED =
  /(?:(?:sk|pk|rk)[-_](?:live|test|proj|ant|svcacct)[-_][\w-]{8,}|(?<![\p{L}\p{N}])sk-[\w-]{16,}|gh[pousr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{8,}|(?<![\p{L}\p{N}])(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|ya29\.[\w-]{16,}|shp(?:at|ca|pa|ss)_[0-9a-f]{16,}|SG\.[\w-]{16,}\.[\w-]{16,}|whsec_\w{16,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)/giu;
const UUID = /(?<![\p{L}\p{N}])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\p{L}\p{N}])/giu;
/** A value counts only with a digit in it: "my password is not working" holds none. */
const NAMED =
  /(?<![\p{L}\p{N}])(?:pass ?word|passwd|pwd|pass ?code|pass ?phrase|contrase[nñ]a|clave|api[ _-]?key|access[ _-]?key|secret(?:[ _-]?key)?|(?:access |auth )?token|bearer)(?:[ \t]{0,2}(?:is|was|es|[:=,>_-]|[:=] ?\n|(?:is|was|es)\n)){0,3}[ \t]{0,2}["'(<`*]?(?<at>(?=[^\s\d]{0,64}\d)[^\s[\]]{4,128})/giu;
const CODE =
  /(?<![\p{L}\p{N}])(?:cvv2?|cvc2?|cv2|pin|otp|security code|verification code|one[- ]time (?:code|password)|c[oó]digo de seguridad)(?:[ _-]?(?:number|code|no\.?))?(?:[ \t\n]{0,2}(?:is|was|es|[:=#_,.*("'-])){0,3}[ \t\n]{0,2}(?<at>\d{3,8}|\d(?:[ .-]\d){2,7})(?![\p{L}\p{N}])/giu;
const LONG_TOKEN = /[A-Za-z0-9+/_=-]{24,}/g;
const HEX = /(?<![A-Za-z0-9])(?=[a-f]{0,31}\d)(?=\d{0,31}[a-f])[0-9a-f]{32,}(?![A-Za-z0-9])/gi;

export const secret: Detector = {
  code: 'secret',
  find: (text) => [
    ...[PREFIXED, UUID, NAMED, CODE, HEX].flatMap((pattern) => spansOf(text, pattern, '[SECRET]')),
    ...spansOf(text, LONG_TOKEN, '[SECRET]', ([found]) => looksRandom(found)),
  ],
};

const LEAST_PIECE = 16;
const LEAST_CHANGES = 6;

/** Small letters, capitals and digits in quick change within one unbroken piece; product names in hyphens are not that. */
function looksRandom(token: string): boolean {
  return token.split(/[-_+/=]+/).some((piece) => {
    if (piece.length < LEAST_PIECE) return false;
    const kinds = piece
      .replace(/[a-z]+/g, 'a')
      .replace(/[A-Z]+/g, 'A')
      .replace(/\d+/g, '1');
    return kinds.length > LEAST_CHANGES && /a/.test(kinds) && /A/.test(kinds) && /1/.test(kinds);
  });
}

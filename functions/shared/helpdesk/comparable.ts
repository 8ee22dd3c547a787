/** One form of a text for comparing what was sent with what the helpdesk shows: tags, entities and white space folded. */
import { convert } from 'html-to-text';

export function comparableText(text: string, isHtml: boolean): string {
  const plain = isHtml
    ? convert(text, { wordwrap: false, selectors: [{ selector: 'a', options: { ignoreHref: true } }] })
    : text;
  return plain.normalize('NFC').replace(/\s+/g, ' ').trim();
}

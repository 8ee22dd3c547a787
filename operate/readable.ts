/** A message body as people read it: e-mail bodies are HTML; chat's are plain text, whose line ends count. Pure. */
import { convert } from 'html-to-text';

export function readable(body: string): string {
  return /<(br|p|div|html)\b/i.test(body) ? convert(body, { wordwrap: false }) : body;
}

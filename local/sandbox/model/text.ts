/** HTML and plain text of message bodies. */

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** An e-mail's HTML body as a mail program would write it. */
export function htmlOf(text: string): string {
  return text === '' ? '' : `<div>${escapeHtml(text).replaceAll('\n', '<br>')}</div>`;
}

/** Text of a body that may be simple HTML; what looks like no tag stays. */
export function plainOf(body: string): string {
  return body
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/(?:p|div|li|h[1-6])>/gi, '\n')
    .replace(/<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?>/gi, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
    .replace(/\n$/, '');
}

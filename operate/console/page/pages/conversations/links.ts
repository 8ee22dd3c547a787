/** @param messageKey  which message of the conversation; the newest where it is left out */
export function conversationLink(conversation: string | number, messageKey: string | null = null): string {
  const message = messageKey === null ? '' : `?message=${encodeURIComponent(messageKey)}`;
  return `/conversations/${encodeURIComponent(conversation)}${message}`;
}

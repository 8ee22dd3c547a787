/** What happened to a ticket, and why: the last ones and a search; behind an id, all of one. */
import type { PageProps } from '../../routes.ts';
import { Conversation } from './conversation.tsx';
import { Recent } from './recent.tsx';
import './conversations.css';

export function Page({ rest }: PageProps) {
  return rest === '' ? <Recent /> : <Conversation key={rest} id={rest} />;
}

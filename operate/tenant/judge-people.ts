/** V12 and V14: whether lists can be read, and who wrote what. Pure. */
import type { Listing } from '../../local/workspace/listing.ts';
import { type Finding, inconclusive, no, yes } from './answer.ts';
import type { Sample } from './sample.ts';

const LEAST_EACH = 3;

/** A refused list is a no; an empty one may be a workspace without tags, or a key that sees none. */
export function judgeLists(lists: { readonly teams: Listing; readonly tags: Listing }): Finding {
  const { teams, tags } = lists;
  const rows = (list: Listing): number => (list.ok ? list.rows.length : 0);
  const counts = { teams: rows(teams), tags: rows(tags) };
  const refused = [teams, tags].find((list) => !list.ok);
  if (refused !== undefined && !refused.ok) {
    const isDenied = refused.why === 'forbidden' || refused.why === 'unauthorised' || refused.why === 'not_found';
    return isDenied ? no('list_denied', counts) : inconclusive(refused.why, counts);
  }
  return counts.teams === 0 || counts.tags === 0 ? inconclusive('empty_list', counts) : yes(counts);
}

/** Every comment must say who wrote it, and each of the three kinds must have been seen. */
export function judgeAuthors({ tickets, listRefusal, unreadable }: Sample, hasSeat: boolean): Finding {
  if (listRefusal !== null) return inconclusive('list_denied');
  const comments = tickets.flatMap(({ ticket }) => ticket.comments);
  const by = (author: string): number => comments.filter((comment) => comment.author === author).length;
  const counts = {
    tickets: tickets.length,
    customer: by('customer'),
    agent: by('agent'),
    bot: by('bot'),
    untold: by('unknown'),
    unreadable,
  };
  if (counts.untold > 0) return no('author_untold', counts);
  if (!hasSeat) return inconclusive('needs_seat', counts);
  if (counts.customer < LEAST_EACH || counts.agent === 0) return inconclusive('too_few', counts);
  return counts.bot === 0 ? inconclusive('no_bot_message', counts) : yes(counts);
}

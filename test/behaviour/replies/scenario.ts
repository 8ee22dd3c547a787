/** A row of replies §11 as data, how it is played, and how its last column is held against the helpdesk. */
import { expect, it } from 'vitest';
import type { Outcome, ReasonCode, RouteTag, TemplateId } from '../../../events/words.ts';
import { look, type Scene, type Seen, type Setting, scene } from './scene.ts';

/** Hand-written from the row and the sections it stands for, never from a run. */
export type Expected = {
  /** The one reply the newest message got, `null` for none. */
  readonly reply: TemplateId | null;
  readonly outcome: Outcome;
  /** The only route tag on the ticket; `null` when the conversation was resolved instead. */
  readonly route: RouteTag | null;
  /** Each stands in the reply. */
  readonly says?: readonly string[];
  /** None stands in anything the customer received. */
  readonly hides?: readonly string[];
  readonly tags?: readonly string[];
  readonly noTags?: readonly string[];
  /** Each is among the reason codes. */
  readonly reasons?: readonly ReasonCode[];
  /** `open` when left out. */
  readonly status?: Seen['status'];
};

export type Conversation = Setting & {
  /** The customer's message. */
  readonly ask: string;
  readonly attachments?: number;
  /** Before the message: a port that fails, another configuration, something to happen at the door. */
  readonly prepare?: (scene: Scene) => void;
  /** After the message has been worked on. */
  readonly afterwards?: (scene: Scene) => void | Promise<void>;
};
export type Scenario = Conversation & {
  /** `A01` to `A52`. */
  readonly id: string;
  readonly given: string;
  readonly expected: Expected;
};

export async function play(conversation: Conversation): Promise<Seen> {
  const played = scene(conversation);
  conversation.prepare?.(played);
  await played.says(conversation.ask, conversation.attachments);
  await conversation.afterwards?.(played);
  return look(played);
}

/** A test for each scenario, named by its number. */
export function itHolds(scenarios: readonly Scenario[]): void {
  for (const scenario of scenarios)
    it(`${scenario.id} ${scenario.given}`, async () => expectSeen(await play(scenario), scenario.expected));
}

export function expectSeen({ row, outbox, tags, status }: Seen, expected: Expected): void {
  const { says = [], hides = [], noTags = [] } = expected;
  expect({
    reply: row.templateId,
    outcome: row.outcome,
    routes: tags.filter((tag) => tag.startsWith('route-')),
    status,
  }).toEqual({
    reply: expected.reply,
    outcome: expected.outcome,
    routes: expected.route === null ? [] : [expected.route],
    status: expected.status ?? 'open',
  });
  for (const piece of says) expect(row.replyText).toContain(piece);
  for (const text of outbox) for (const piece of [...hides, '{{', '}}']) expect(text).not.toContain(piece);
  expect(tags).toEqual(expect.arrayContaining([...(expected.tags ?? [])]));
  expect(tags.filter((tag) => noTags.includes(tag))).toEqual([]);
  expect(row.reasonCodes).toEqual(expect.arrayContaining([...(expected.reasons ?? [])]));
}

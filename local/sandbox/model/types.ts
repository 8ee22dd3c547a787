/** The sandbox's own records; `api/view.ts` gives them the vendor's shape. Times are epoch milliseconds. */

export const STATUSES = ['OPEN', 'CLOSED'] as const;
export type Status = (typeof STATUSES)[number];

export type Attachment =
  | string
  | { readonly url: string; readonly name: string; readonly type: string; readonly size: number };

export type Comment = {
  readonly id: string;
  readonly type: string;
  readonly authorId: string | null;
  readonly isOperator: boolean;
  readonly createdAt: number;
  readonly body: string;
  readonly htmlBody?: string;
  readonly plainBody: string;
  readonly attachments: readonly Attachment[];
  /** Absent on some comments of the live sample (§2.2). */
  readonly channel?: string;
  readonly public?: boolean;
  /** Not readable before this instant. */
  readonly visibleAt?: number;
  /** Never readable (fault `sent_not_visible`). */
  readonly hidden?: true;
};

export type Party = { readonly address?: string; readonly name?: string; readonly id?: string };
export type Via = { readonly channel?: string; readonly source?: { readonly from?: Party; readonly to?: Party } };

export type Ticket = {
  readonly id: string;
  readonly number: number;
  readonly appClientId: string;
  readonly status: Status;
  readonly priority: string;
  readonly subject: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly assigneeId: string;
  readonly teamId: string | null;
  readonly recipient: string | null;
  readonly customerId: string | null;
  /** How `customer_profile` reads: in full, as `{}`, or not at all (§12.1 no. 14). */
  readonly profile: 'full' | 'empty' | 'absent';
  readonly via: Via;
  /** Tag ids; `null` as on 2 of 92 live tickets. */
  readonly tags: readonly string[] | null;
  readonly comments: readonly Comment[];
  /** What `GET /order/{conversationId}` answers. */
  readonly linkage: unknown;
  /** Not found by number (§12.1 no. 4). */
  readonly imported: boolean;
  readonly firstResponseAt: number | null;
  readonly firstClosedAt: number | null;
  readonly closedAt: number | null;
};

export type Customer = {
  readonly id: string;
  readonly uid?: string;
  readonly email?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly properties: Readonly<Record<string, unknown>>;
};

export type Tag = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: number;
};
export type Agent = { readonly id: string; readonly name: string; readonly email: string; readonly role: string };
export type NamedThing = { readonly id: string; readonly name: string };
export type ChannelSeat = { readonly id: string; readonly type: string; readonly brandName: string };
export type OrderObject = Readonly<Record<string, unknown>>;

export type OutboxEntry = {
  readonly ticketId: string;
  readonly at: string;
  readonly channel: string;
  readonly body: string;
  readonly authorId: string | null;
  /** Comment that shows the message on the ticket. */
  readonly commentId: string;
};

export const WRITE_KINDS = ['tags', 'untag', 'assign', 'comment', 'message', 'status', 'other'] as const;
export type WriteKind = (typeof WRITE_KINDS)[number];

export type WriteEntry = {
  readonly seq: number;
  readonly at: string;
  readonly ticketId: string | null;
  readonly kind: WriteKind;
  readonly body: unknown;
  /** Whether the model took the write in, whatever the caller was told. */
  readonly applied: boolean;
  readonly status: number;
  readonly fault: string | null;
};

export type JournalEntry = {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number;
  readonly fault: string | null;
  /** The ticket id stood in the path without percent-encoding. */
  readonly unencodedId: boolean;
};

export type DeliveryAttempt = {
  readonly seq: number;
  readonly at: string;
  readonly ticketId: string;
  readonly event: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly ms: number;
  /** `dropped`, `loop_detected`, `not_loopback`, `timeout`, `network`, or `null`. */
  readonly error: string | null;
};

/** "Apply, lose the answer, repeat": the call takes effect, then its caller is told that the connection broke. */
type Stack = {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: never) => Promise<unknown>) => (args: never) => Promise<unknown>,
      options: { readonly step: 'deserialize'; readonly name: string; readonly priority: 'high' },
    ): void;
  };
};

export type Loss = {
  /** The answer of the next call is lost. */
  arm(): void;
};

/** Puts the loss into a real SDK client, between the wire and the code. */
export function losingAnswers(client: object): Loss {
  let isArmed = false;
  (client as Stack).middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (!isArmed) return answer;
      isArmed = false;
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    },
    { step: 'deserialize', name: 'losesAnAnswer', priority: 'high' },
  );
  return {
    arm: () => {
      isArmed = true;
    },
  };
}

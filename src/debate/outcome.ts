/** An expected failure, as a value: one reason for code, one message for the person (what happened, to what, what to do next). */
export interface Failure<Reason extends string = string> {
  reason: Reason;
  message: string;
  /** Names and numbers that a caller may put into words of its own, such as the options of a command. */
  data?: Readonly<Record<string, string | number>>;
}

/** What an operation that may fail in expected ways gives back. Throwing is for bugs. */
export type Outcome<Value, Reason extends string = string> =
  | { ok: true; value: Value }
  | { ok: false; failure: Failure<Reason> };

export function success<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function failure<Reason extends string>(
  reason: Reason,
  message: string,
  data?: Failure['data'],
): { ok: false; failure: Failure<Reason> } {
  return { ok: false, failure: { reason, message, ...(data ? { data } : {}) } };
}

/** What went wrong before anything was begun; `reason` is for code, the message for people. */
export class ParleyError extends Error {
  /** Tells it from other errors, across copies of the package too. */
  override readonly name = 'ParleyError';
  /** A word for code, such as `no-judge`. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The value of an outcome; a failure is thrown as a ParleyError. */
export function orThrow<Value>(outcome: { ok: true; value: Value } | { ok: false; failure: Failure }): Value {
  if (outcome.ok) return outcome.value;
  throw new ParleyError(outcome.failure.reason, outcome.failure.message);
}

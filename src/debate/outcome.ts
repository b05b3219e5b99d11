/** An expected failure, as a value: one reason for code, one message for the person (what happened, to what, what to do next). */
export interface Failure<Reason extends string = string> {
  reason: Reason;
  message: string;
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
): { ok: false; failure: Failure<Reason> } {
  return { ok: false, failure: { reason, message } };
}

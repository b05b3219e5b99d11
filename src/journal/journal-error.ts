/** Thrown by `append` when an event could not be made durable. The journal takes no more; what it holds is whole. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly reason: 'not-writable' | 'lease-lost';

  constructor(reason: JournalError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** What parley's exit codes mean; the README's table is made from this. */
export const exitCodes = {
  done: { code: 0, meaning: 'done; for a debate: it ended by its own rules' },
  failed: { code: 1, meaning: 'bad input, or a debate that failed; the message says what to do' },
  usage: { code: 2, meaning: 'the command line could not be understood' },
  incomplete: {
    code: 3,
    meaning:
      'incomplete: debates of a batch failed or remain, or the budget of a batch or a score was used up',
  },
  threshold: {
    code: 4,
    meaning: 'a comparison met a --fail-if condition, or got worse than its --baseline',
  },
  interrupted: { code: 130, meaning: 'stopped by Ctrl+C; what was finished is saved' },
  terminated: { code: 143, meaning: 'stopped by SIGTERM, as a worker may be; what was finished is saved' },
} as const;

const { done, failed, usage, incomplete, threshold, interrupted } = exitCodes;

export const exitCode = {
  ...{ done: done.code, failed: failed.code, usage: usage.code, incomplete: incomplete.code },
  ...{ threshold: threshold.code, interrupted: interrupted.code },
} as const;

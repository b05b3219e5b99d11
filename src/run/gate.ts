/** Where a run waits between actions: pausing, stepping, and questions to be delivered at the next boundary. */
export interface Gate {
  pause(): void;
  resume(): void;
  /** Lets one action through while paused. */
  step(): void;
  ask(text: string): void;
  /** Takes the questions asked since the last call. */
  takeQuestions(): string[];
  /** Resolves when the next action may begin; at once after an abort. */
  passed(signal: AbortSignal): Promise<void>;
  readonly isPaused: boolean;
}

export function createGate(onChange: (isPaused: boolean) => void): Gate {
  let isPaused = false;
  let steps = 0;
  let questions: string[] = [];
  let wake: (() => void) | null = null;
  const wakeUp = () => {
    wake?.();
    wake = null;
  };
  const setPaused = (value: boolean) => {
    if (isPaused === value) return;
    isPaused = value;
    onChange(value);
    wakeUp();
  };

  return {
    get isPaused() {
      return isPaused;
    },
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    step() {
      setPaused(true);
      steps += 1;
      wakeUp();
    },
    ask(text) {
      const trimmed = text.trim();
      if (trimmed !== '') questions.push(trimmed.slice(0, 4000));
    },
    takeQuestions() {
      const taken = questions;
      questions = [];
      return taken;
    },
    async passed(signal) {
      while (isPaused && !signal.aborted) {
        if (steps > 0) {
          steps -= 1;
          return;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
  };
}

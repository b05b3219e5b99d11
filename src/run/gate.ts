import type { Notice } from '../debate/notices.ts';

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
  /** Should what is under way wait too? Not while it was let through by a step. */
  readonly holds: boolean;
}

/** `pausing` while the action under way still runs, `paused` once the gate holds the next one back. */
export type GateState = 'going' | 'pausing' | 'paused';

/** The notice that shows a state to readers. */
export function gateNotice(state: GateState): Notice {
  return { type: state === 'going' ? 'continued' : state };
}

/** `onChange` hears each state once. */
export function createGate(onChange: (state: GateState) => void): Gate {
  let isPaused = false;
  let isStepping = false;
  /** Between two calls of `passed` an action is under way. */
  let isActing = false;
  let reported: GateState = 'going';
  let steps = 0;
  let questions: string[] = [];
  let wake: (() => void) | null = null;
  const wakeUp = () => {
    wake?.();
    wake = null;
  };
  const report = () => {
    const state = !isPaused ? 'going' : isActing ? 'pausing' : 'paused';
    if (state === reported) return;
    reported = state;
    onChange(state);
  };
  const setPaused = (value: boolean) => {
    if (isPaused === value) return;
    isPaused = value;
    report();
    wakeUp();
  };

  return {
    get isPaused() {
      return isPaused;
    },
    get holds() {
      return isPaused && !isStepping;
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
      isActing = false;
      isStepping = false;
      while (isPaused && !signal.aborted) {
        if (steps > 0) {
          steps -= 1;
          isStepping = true;
          break;
        }
        report();
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      if (signal.aborted) return;
      isActing = true;
      report();
    },
  };
}

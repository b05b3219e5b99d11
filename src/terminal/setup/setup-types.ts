/** A line to choose from, with what the preview says of it. */
export interface SetupScenario {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly article: { readonly title: string; readonly origin: string; readonly passages: readonly string[] };
  readonly cast: readonly { readonly name: string; readonly isPrincipal: boolean }[];
  /** Titles of the issues on the agenda. */
  readonly issues: readonly string[];
}

export interface SetupStrategy {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

export interface SetupModel {
  /** The model spec, such as openai:gpt-5-mini or simulator. */
  readonly spec: string;
  /** What speaks for it: the key that was found, the server that answers, or that it needs neither. */
  readonly note: string;
}

export interface SetupChoice {
  readonly scenario: string;
  readonly strategy: string;
  readonly model: string;
  readonly rounds: number;
}

/** What a choice would take, before anything is spent. */
export interface SetupEstimate {
  readonly calls: number;
  readonly tokens: number;
  /** US dollars; null where the model's price is unknown. */
  readonly costUsd: number | null;
}

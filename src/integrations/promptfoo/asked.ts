import { z } from 'zod';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { settingsSchema } from '../../debate/setup.ts';
import type { RunDebateOptions } from '../../run/run-debate.ts';
import { orKnown } from '../../text/near-names.ts';

const text = z.string().trim().min(1);
const seed = z.int().min(0).max(2_147_483_647);

/** A provider's `config`; `basePath` is promptfoo's own. */
const configSchema = z.strictObject({
  ...settingsSchema.partial().shape,
  scenario: text.optional(),
  strategy: text.optional(),
  model: text.optional(),
  models: z.record(z.string(), text).optional(),
  baseUrl: text.optional(),
  /** Of the first repeat; each further one adds 1. */
  seed: seed.optional(),
  /** Folder for the runs. */
  transcripts: text.optional(),
  /** What the answer's `output` is. */
  output: z.enum(['statement', 'transcript', 'json']).optional(),
  basePath: z.string().optional(),
});

/** A test's variables that change a debate; others are the test's own. */
const varsSchema = z.object({
  scenario: text.optional(),
  strategy: text.optional(),
  seed: seed.optional(),
});

export interface DebateAsked {
  options: RunDebateOptions & { transcripts: string };
  output: 'statement' | 'transcript' | 'json';
}

export interface TestFacts {
  /** As promptfoo rendered it. */
  prompt: string;
  vars: Readonly<Record<string, unknown>>;
  repeatIndex: number;
}

/** The debate that a config and a test ask for; the variables go before the config, and the prompt comes last. */
export function readAsked(config: unknown, { prompt, vars, repeatIndex }: TestFacts): Outcome<DebateAsked> {
  const parsed = configSchema.safeParse(config);
  if (!parsed.success) return faulty('config', parsed.error);
  const test = varsSchema.safeParse(vars);
  if (!test.success) return faulty('vars', test.error);
  const { basePath: _, output = 'statement', transcripts = 'transcripts', ...settings } = parsed.data;
  const strategy = test.data.strategy ?? settings.strategy ?? (prompt.trim() || 'plain');
  const scenario = test.data.scenario ?? settings.scenario;
  const options = {
    ...settings,
    ...(scenario === undefined ? {} : { scenario }),
    strategy,
    transcripts,
    seed: (test.data.seed ?? settings.seed ?? 1) + repeatIndex,
  };
  return success({ options: withoutGaps(options), output });
}

function faulty(where: string, error: z.ZodError): Outcome<never> {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const near = orKnown(key, Object.keys(configSchema.shape));
    return failure('bad-option', `${where} of the parley provider has no "${key}"${near}`);
  }
  return failure(
    'bad-option',
    `${where}.${issue?.path.join('.')} of the parley provider: ${issue?.message}.`,
  );
}

/** Options that were left open, taken out: for them the usual ones hold. */
function withoutGaps<Options extends object>(options: Options): DebateAsked['options'] {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as DebateAsked['options'];
}

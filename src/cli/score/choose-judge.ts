import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { createModels } from '../../models/create-models.ts';
import { parseModelSpec } from '../../models/model-spec.ts';
import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import { loadModerator } from '../../prompts/load-prompts.ts';
import type { ScoredTranscript } from '../../report/score/score-report.ts';
import { systemClock } from '../../run/system-clock.ts';
import type { ScoreJudge } from '../../score/score-transcript.ts';
import type { Environment } from '../environment.ts';
import { describeFaults } from '../faults.ts';
import { withModelFlags } from '../model-words.ts';
import type { ScoreOptions } from './options.ts';

/** The judge asked for, ready to read, and as reports name it. */
export async function chooseScoreJudge(
  { judge, judgeSamples, baseUrl, price }: ScoreOptions,
  signal: AbortSignal,
  environment: Environment,
): Promise<Outcome<{ judge: ScoreJudge; named: ScoredTranscript['judge'] }>> {
  if (judge === null || judge === 'lexical')
    return success({ judge: { kind: 'lexical' }, named: { kind: 'lexical' } });
  const spec = parseModelSpec(judge);
  if (!spec.ok) {
    return failure('bad-spec', `--judge ${spec.failure.message} Or lexical, which needs no model.`);
  }
  const where = { environment: environment.variables, folder: environment.workingDirectory };
  const models = createModels(spec.value, new Map(), {
    ...where,
    ...(baseUrl === null ? {} : { baseUrl }),
    ...(price === null ? {} : { price }),
  });
  if (!models.ok) return withModelFlags(models);
  const moderator = await loadModerator(bundledPrompts());
  if (!moderator.ok) return failure('faults', describeFaults(moderator.faults));
  const context = {
    prompts: { moderator: moderator.value },
    modelOf: models.value,
    clock: systemClock,
    jitter: Math.random,
    signal,
    notify: () => {},
  };
  const { spec: name, simulated } = models.value('judge');
  return success({
    judge: { kind: 'model', samples: judgeSamples, temperature: null, context },
    named: { kind: 'model', spec: name, simulated, samples: judgeSamples },
  });
}

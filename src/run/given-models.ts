import { judgeNumber, judgeRoles } from '../debate/judges.ts';
import { failure, success } from '../debate/outcome.ts';
import { modelOfObject } from '../models/create-models.ts';
import { type ModelRecord, specOfRecord } from '../models/model-spec.ts';
import { modelSettingsOf } from '../models/providers/provider.ts';
import type { ChatModel, Price, Timeouts } from '../models/types.ts';
import type { ChooseModels } from './resume-debate.ts';
import { chooseRoleModels, rolesOf, withJudge } from './role-models.ts';

/**
 * Any LangChain chat model, of whichever version or copy of @langchain/core: `new ChatOpenAI()`, a fake of LangChain's,
 * or a person's own `SimpleChatModel`. It is called with nothing but messages and an abort signal.
 */
export interface LangChainChatModel {
  /** Takes messages as `{ role, content }`. */
  stream(messages: never, options?: never): Promise<AsyncIterable<object>>;
}

/** A model as library users give it: a spec such as `openai:NAME` or `simulator`, or any LangChain chat model. */
export type GivenModel = string | ModelRecord | LangChainChatModel;

/** Which models answer, and with what. */
export interface GivenModels {
  /** For everyone. A new debate has `simulator` by default, one that goes on the models it had. */
  model?: GivenModel;
  /** For single roles: a persona's id, `moderator` or `judge`. */
  models?: Readonly<Record<string, GivenModel>>;
  /** The judge of positions, or several, over which the readings after a round are spread; the moderator's model by default. */
  judge?: GivenModel | readonly GivenModel[];
  /** Where API keys and addresses are looked for, such as process.env. Nothing is read from the environment by itself. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** A server that speaks OpenAI's protocol, for models of openai. */
  baseUrl?: string;
  /** US dollars per million tokens for every model, in place of the known prices; a budget in dollars needs one. */
  price?: Price;
  /** Seconds that a call may take, for every model that sets none of its own. */
  timeout?: Timeouts;
}

/** How the models that a library user gives are chosen for a cast; a debate that goes on keeps those it had. */
export function modelsOf({
  model,
  models = {},
  judge,
  environment = {},
  baseUrl,
  price,
  timeout,
}: GivenModels): ChooseModels {
  const panel = judge === undefined ? [] : givenList(judge);
  return async (personas, before) => {
    const roles = rolesOf(personas);
    const stranger = Object.keys(models).find((role) => !roles.includes(role));
    if (stranger) {
      const known = roles.join(', ');
      return failure('unknown-role', `models: there is no role "${stranger}". Roles: ${known}.`);
    }
    const byRole = withJudge(new Map(), new Map(Object.entries(models)));
    for (const [place, role] of judgeRoles(panel.length).entries())
      byRole.set(role, panel[place] as GivenModel);
    // A role whose model is an object needs no other; the simulator, which costs nothing, holds its place.
    const specOf = (given: GivenModel) =>
      typeof given === 'string' ? given : isRecord(given) ? specOfRecord(given) : 'simulator';
    const chosen = await chooseRoleModels({
      personas,
      models: [
        ...(model === undefined ? [] : [specOf(model)]),
        ...[...byRole].flatMap(([role, given]) =>
          panel.length > 0 && judgeNumber(role) !== null ? [] : [`${role}=${specOf(given)}`],
        ),
      ],
      judges: panel.map(specOf),
      before,
      settings: modelSettingsOf({ environment, baseUrl, price, timeout }),
      ...{ finds: false, probes: false, cache: null },
    });
    if (!chosen.ok) return chosen;
    const modelOf = (role: string) => {
      const own = byRole.get(role) ?? model;
      return own === undefined || typeof own === 'string' || isRecord(own)
        ? chosen.value.modelOf(role)
        : { ...modelOfObject(own as unknown as ChatModel), ...(price === undefined ? {} : { price }) };
    };
    return success({ ...chosen.value, modelOf });
  };
}

/** One model, or several, as a list. */
export function givenList(given: GivenModel | readonly GivenModel[]): readonly GivenModel[] {
  return Array.isArray(given) ? given : [given as GivenModel];
}

function isRecord(given: GivenModel): given is ModelRecord {
  return typeof given === 'object' && !('stream' in given);
}

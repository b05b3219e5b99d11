/**
 * Environment variables by which LangChain would upload prompts, send calls elsewhere, print them, or change the
 * form of replies, without anybody having asked parley for it. The command takes them out of its environment.
 */
export const tracingVariables: readonly string[] = [
  'LANGSMITH_TRACING',
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING',
  'LANGCHAIN_TRACING_V2',
  'LANGSMITH_GATEWAY',
  'LANGCHAIN_VERBOSE',
  'LC_OUTPUT_VERSION',
];

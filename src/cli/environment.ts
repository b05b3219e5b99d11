import { delimiter, join } from 'node:path';
import { tracingVariables } from '../models/tracing-variables.ts';

/** Everything parley takes from the process it runs in. This file is its only reader. */
export interface Environment {
  /** Environment variables, for keys and addresses of providers. */
  variables: Readonly<Record<string, string | undefined>>;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  workingDirectory: string;
  homeDirectory: string;
  host: string;
  /** True under a continuous-integration service. */
  isCi: boolean;
  /** What NO_COLOR and FORCE_COLOR ask for; null where neither is set. */
  color: boolean | null;
  /** True where the usual signs of a screen reader or a dumb terminal are set. */
  wantsPlainSentences: boolean;
  isDumbTerminal: boolean;
  /** The script that Node runs and the arguments of the command that is under way, for one that starts itself again; null inside of another program. */
  ownCommandLine: readonly [script: string, ...args: string[]] | null;
}

/** What a command is started in: this process, or what another program that runs it gives in its place. */
type Surroundings = Pick<NodeJS.Process, 'env' | 'cwd' | 'argv' | 'stdin' | 'stdout' | 'stderr'>;

export function readEnvironment(from: Surroundings = process): Environment {
  const variables = { ...from.env };
  return {
    variables,
    // Node makes each of these when it is first asked for, and that takes milliseconds.
    get stdin() {
      return from.stdin;
    },
    get stdout() {
      return from.stdout;
    },
    get stderr() {
      return from.stderr;
    },
    get homeDirectory() {
      return process.getBuiltinModule('node:os').homedir();
    },
    get host() {
      return process.getBuiltinModule('node:os').hostname();
    },
    workingDirectory: from.cwd(),
    isCi: isSet(variables['CI']) && variables['CI'] !== 'false',
    color: colorWish(variables),
    wantsPlainSentences: isSet(variables['INK_SCREEN_READER']) || isSet(variables['ACCESSIBLE']),
    isDumbTerminal: variables['TERM'] === 'dumb',
    ownCommandLine: from.argv[1] === undefined ? null : [from.argv[1], ...from.argv.slice(2)],
  };
}

/** Where a program keeps what it remembers from one time to the next, by the customs of the system. */
export function stateFolder({
  variables,
  homeDirectory,
}: Pick<Environment, 'variables' | 'homeDirectory'>): string {
  const given = variables['XDG_STATE_HOME'] || variables['LOCALAPPDATA'];
  return join(given || join(homeDirectory, '.local', 'state'), 'parley');
}

/** Turns off what would send a debate's text elsewhere without being asked, and maps colour wishes that Ink does not know. */
export function tameProcess({ color }: Pick<Environment, 'color'>): void {
  for (const name of tracingVariables) delete process.env[name];
  if (color !== null) process.env['FORCE_COLOR'] = color ? '1' : '0';
  if (color === false) process.env['NO_COLOR'] = '1';
}

/** https://no-color.org: set and not empty means no colour. FORCE_COLOR=0 means the same; any other value asks for colour. */
function colorWish(variables: Environment['variables']): boolean | null {
  if (isSet(variables['NO_COLOR'])) return false;
  const force = variables['FORCE_COLOR'];
  if (force === undefined || force === '') return null;
  return force !== '0' && force !== 'false';
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** Folders whose folders are scenarios of a person's own: here, below scenarios/, and where PARLEY_SCENARIOS says. */
export function scenarioPlaces({ variables }: Pick<Environment, 'variables'>): string[] {
  const configured = variables['PARLEY_SCENARIOS']?.split(delimiter).filter((place) => place !== '') ?? [];
  return ['.', 'scenarios', ...configured];
}

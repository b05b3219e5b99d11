import type { Command as Parser } from 'commander';
import type { z } from 'zod';
import { isPostgresAddress, shownAddress } from '../journal/postgres/address.ts';
import type { Environment } from './environment.ts';

/** A command as its file defines it. */
export interface CommandSpec<Options extends OptionSet> {
  /** For its own help; its summary by default. */
  description?: string;
  /** What its argument is, for its help, and what stands in its place where none is given. */
  argument?: { help: string; usual?: string };
  options: Options;
  /** Does the work; loads what is heavy by itself, so that a command's help does not. Resolves with the exit code. */
  action(
    given: {
      args: readonly string[];
      options: OptionValues<Options>;
      /** All commands with all their options, for what describes them. */
      commandLine(): Promise<Parser>;
      /** Runs another command line in this process; resolves with its exit code. */
      invoke(args: readonly string[]): Promise<number>;
    },
    environment: Environment,
  ): Promise<number>;
}

/** A command of which only the declarations of its options are known. */
export type Command = CommandSpec<OptionSet>;

/** Defines a command; its action gets typed options that have been checked. */
export function defineCommand<Options extends OptionSet>(spec: CommandSpec<Options>): Command {
  // What an action gets is read by the very declarations that give it its type: see readOptions.
  return spec as unknown as Command;
}

/** One option of a command: how it is written, what its help says, and how its text becomes a value. */
export interface CommandOption<Value = unknown> {
  /** As commander takes it: `-r, --rounds <n>`. */
  readonly flags: string;
  readonly help: string;
  /** What stands in its place where a person gives none; shown in the help. */
  readonly usual?: string;
  readonly choices?: readonly string[];
  readonly mayRepeat?: boolean;
  readonly isRequired?: boolean;
  /** Reads what commander gives: a text, a list of texts, true or false; undefined where there is nothing. */
  read(given: unknown): { ok: true; value: Value } | { ok: false; message: string };
}

/** Options by the name under which a command finds them: `turnTokens` for --turn-tokens. */
export type OptionSet = Readonly<Record<string, CommandOption>>;

/** What a command gets: every option of its set, read and checked. */
export type OptionValues<Options extends OptionSet> = {
  readonly [Name in keyof Options]: Options[Name] extends CommandOption<infer Value> ? Value : never;
};

/** How an option is given: one with neither may be left out, and is null then. */
interface Given {
  usual?: string;
  isRequired?: true;
}

/** What a command gets of an option: null only where nothing stands in the place of one that is left out. */
type ValueOf<Value, More extends Given> = More extends { usual: string } | { isRequired: true }
  ? Value
  : Value | null;

/** An option with a value. */
export function option<Value, More extends Given = Record<never, never>>(
  flags: string,
  help: string,
  schema: z.ZodType<Value>,
  more?: More,
): CommandOption<ValueOf<Value, More>> {
  return {
    flags,
    help,
    ...more,
    read(given) {
      if (given === undefined) return { ok: true, value: null as ValueOf<Value, More> };
      const parsed = schema.safeParse(given);
      if (parsed.success) return { ok: true, value: parsed.data as ValueOf<Value, More> };
      return { ok: false, message: messageOf(parsed.error.issues[0]) };
    },
  };
}

/** An option that may be given again: all its values, in order; none where it is not given. */
export function repeatable<Value>(
  flags: string,
  help: string,
  schema: z.ZodType<Value>,
): CommandOption<Value[]> {
  const one = option(flags, help, schema, { isRequired: true });
  return {
    flags,
    help,
    mayRepeat: true,
    read(given) {
      const values: Value[] = [];
      for (const text of Array.isArray(given) ? given : []) {
        const read = one.read(text);
        if (!read.ok) return read;
        values.push(read.value);
      }
      return { ok: true, value: values };
    },
  };
}

/** A choice of words. */
export function choice<const Word extends string, More extends { usual?: Word } = Record<never, never>>(
  flags: string,
  help: string,
  choices: readonly Word[],
  more?: More,
): CommandOption<ValueOf<Word, More>> {
  return {
    flags,
    help,
    choices,
    ...more,
    // The parser has refused other words.
    read: (given) => ({
      ok: true,
      value: (choices.find((word) => word === given) ?? null) as ValueOf<Word, More>,
    }),
  };
}

/** Yes or no: false unless given; for `--no-...` true unless given. */
export function flag(flags: string, help: string): CommandOption<boolean> {
  const usual = /(^|\s)--no-/.test(flags);
  return {
    flags,
    help,
    read: (given) => ({ ok: true, value: typeof given === 'boolean' ? given : usual }),
  };
}

/** Of a choice between a word and something else, what is wrong with the something else. */
function messageOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_union') return messageOf(issue.errors.at(-1)?.[0]);
  return issue?.message ?? 'is not valid';
}

/** Reads what commander gives by the declarations; the first value that cannot be read is a misuse. */
export function readOptions<Options extends OptionSet>(
  options: Options,
  given: Readonly<Record<string, unknown>>,
): { ok: true; value: OptionValues<Options> } | { ok: false; message: string } {
  const values: Record<string, unknown> = {};
  for (const [name, { flags, read }] of Object.entries(options)) {
    const value = read(given[name]);
    if (!value.ok)
      return { ok: false, message: `${longFlag(flags)} ${shown(given[name])} ${value.message}.` };
    values[name] = value.value;
  }
  return { ok: true, value: values as OptionValues<Options> };
}

/** `--turn-tokens` of `--turn-tokens <n>`. */
function longFlag(flags: string): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}

/** As it was typed, without the password that an address may hold. */
function shown(given: unknown): string {
  const typed = String(given ?? '');
  const text = isPostgresAddress(typed) ? shownAddress(typed) : typed;
  return text === '' ? '""' : text;
}

import { z } from 'zod';
import { nearestName, orKnown } from '../text/near-names.ts';
import { withoutKeys } from '../text/secrets.ts';
import type { FileReport } from './source-fault.ts';
import type { YamlSource } from './yaml-source.ts';

/** Checks parsed YAML against a strict schema; reports every fault with its line and gives null where there is one. */
export function checkYaml<Schema extends z.ZodType>(
  schema: Schema,
  source: YamlSource,
  report: FileReport,
): z.infer<Schema> | null {
  const parsed = schema.safeParse(source.value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues;
  const meant = issues.flatMap((issue) => reportUnknownKeys(schema, issue, source, report));
  for (const issue of issues) {
    const isEcho = meant.includes(pathInWords(issue.path)) || isOfWrongType(issue, issues);
    if (issue.code !== 'unrecognized_keys' && !isEcho)
      report.fault(source.lineOf(issue.path), inWords(issue));
  }
  return null;
}

/** Gives the paths that were probably meant: that they are missing needs no second fault. */
function reportUnknownKeys(
  schema: z.ZodType,
  issue: z.core.$ZodIssue,
  source: YamlSource,
  report: FileReport,
): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = keysAt(schema, issue.path);
  return issue.keys.flatMap((key) => {
    report.fault(source.lineOf([...issue.path, key]), `unknown key "${key}"${orKnown(key, known)}`);
    const near = nearestName(key, known);
    return near === null ? [] : [pathInWords([...issue.path, near])];
  });
}

/** What else is wrong with a value says nothing when it is of the wrong type. */
function isOfWrongType(issue: z.core.$ZodIssue, issues: readonly z.core.$ZodIssue[]): boolean {
  if (issue.code === 'invalid_type') return false;
  const path = pathInWords(issue.path);
  return issues.some((other) => other.code === 'invalid_type' && pathInWords(other.path) === path);
}

function inWords(issue: z.core.$ZodIssue): string {
  const what = issue.path.length === 0 ? 'this' : `"${pathInWords(issue.path)}"`;
  if (issue.code === 'invalid_type') {
    return issue.input === undefined
      ? `${what} is missing`
      : `${what} must be ${typeNames[issue.expected] ?? issue.expected}, not ${shown(issue.input)}${hint(issue)}`;
  }
  if (issue.code === 'too_small') return `${what} ${tooSmall(issue)}`;
  if (issue.code === 'too_big') return `${what} ${tooBig(issue)}`;
  if (issue.code === 'invalid_key') return `${what} ${issue.issues[0]?.message ?? 'is no such key'}`;
  return `${what} ${lowerFirst(issue.message)}${issue.code === 'invalid_format' ? `, not ${shown(issue.input)}` : ''}`;
}

const typeNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

function hint(issue: z.core.$ZodIssueInvalidType): string {
  const isPlain = typeof issue.input === 'number' || typeof issue.input === 'boolean';
  return issue.expected === 'string' && isPlain ? '; put it in quotation marks' : '';
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): string {
  if (issue.origin === 'string') return 'must not be empty';
  if (issue.origin === 'array') return `needs at least ${issue.minimum} entries`;
  return `must be ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}, not ${shown(issue.input)}`;
}

function tooBig(issue: z.core.$ZodIssueTooBig): string {
  if (issue.origin === 'string') return `must have at most ${issue.maximum} characters`;
  if (issue.origin === 'array') return `may have at most ${issue.maximum} entries`;
  return `must be at most ${issue.maximum}, not ${shown(issue.input)}`;
}

function shown(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of keys';
  const text = withoutKeys(JSON.stringify(value) ?? String(value), '[key hidden]');
  return text.length > 40 ? `${text.slice(0, 38)}…"` : text;
}

function pathInWords(path: readonly PropertyKey[]): string {
  return path
    .map((step, place) =>
      typeof step === 'number' ? `[${step + 1}]` : `${place === 0 ? '' : '.'}${String(step)}`,
    )
    .join('');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The keys that the schema knows at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const bare = unwrapped(schema);
  const [step, ...rest] = path;
  if (step === undefined) return bare instanceof z.ZodObject ? Object.keys(bare.shape) : [];
  const inner: unknown =
    bare instanceof z.ZodObject
      ? bare.shape[String(step)]
      : bare instanceof z.ZodArray
        ? bare.element
        : bare instanceof z.ZodRecord
          ? bare.valueType
          : undefined;
  return inner instanceof z.ZodType ? keysAt(inner, rest) : [];
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  // A short form that is made a long one first.
  if (schema instanceof z.ZodPipe) return unwrapped(schema.out as z.ZodType);
  return schema;
}

/** A file is found by its name: the id in it is the same. */
export function checkId(id: string, fileName: string, source: YamlSource, report: FileReport): void {
  if (id === fileName) return;
  report.fault(source.lineOf(['id']), `the id "${id}" differs from the file's name "${fileName}"`);
}

import type { $ZodTypeDef, $ZodTypes } from 'zod/v4/core';

/** Is a value one that the schema gives back just as it is? False says nothing: then the schema itself must be asked. */
type IsExact = (value: unknown) => boolean;

/**
 * A quick test beside a schema, for values out of JSON. Most events of a journal are just as they were written, with their keys in the
 * schema's order, and an export reads millions of them: to see that costs a fraction of having zod make a copy. Whatever it does not know
 * for certain (another order, a default to be filled in, a kind of schema that it has not met) it leaves to zod.
 *
 * Compiled as zod compiles its own, since a property that is read by its name costs a tenth of one that is read by a variable.
 */
export function exactValuesOf(schema: object): IsExact {
  const helpers: Helpers = { constants: [], functions: [] };
  const body = `return ${testOf(schema, 'value', helpers)};`;
  try {
    const source = `${helpers.functions.join('\n')}\nreturn (value) => { ${body} };`;
    return new Function('constants', 'isGroup', 'hasFields', source)(helpers.constants, isGroup, hasFields);
  } catch {
    // Where code may not be made at run time.
    return () => false;
  }
}

interface Helpers {
  /** What the code refers to by place: patterns, sets, names. */
  constants: unknown[];
  functions: string[];
}

function constant({ constants }: Helpers, value: unknown): string {
  return `constants[${constants.push(value) - 1}]`;
}

/** A function of its own for what a loop or several places need. */
function named({ functions }: Helpers, test: string, before = ''): string {
  const name = `test${functions.length}`;
  functions.push(`const ${name} = (value) => { ${before} return ${test}; };`);
  return name;
}

const scalars: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'literal', 'enum']);

/** JavaScript that tests an expression. */
function testOf(schema: object, value: string, helpers: Helpers): string {
  const { def } = (schema as $ZodTypes)._zod;
  const all = (...tests: string[]) => `(${tests.join(' && ')})`;
  switch (def.type) {
    case 'string':
      return all(`typeof ${value} === 'string'`, ...checksOf(def, value, helpers));
    case 'number':
      return all(`Number.isFinite(${value})`, ...checksOf(def, value, helpers));
    case 'boolean':
      return `typeof ${value} === 'boolean'`;
    case 'literal':
      return `${constant(helpers, new Set(def.values))}.has(${value})`;
    case 'enum':
      return `${constant(helpers, new Set(Object.values(def.entries)))}.has(${value})`;
    case 'nullable':
      return `(${value} === null || ${testOf(def.innerType, value, helpers)})`;
    case 'optional':
    case 'default':
      return testOf(def.innerType, value, helpers);
    case 'array': {
      const item = named(helpers, testOf(def.element, 'value', helpers));
      const loop = 'if (!Array.isArray(value)) return false; for (const item of value) if (!';
      const items = named(helpers, 'true', `${loop}${item}(item)) return false;`);
      return all(`${items}(${value})`, ...checksOf(def, value, helpers));
    }
    case 'tuple': {
      if (def.rest !== null || def.checks?.length) return 'false';
      const items = def.items.map((item, place) => testOf(item, `${value}[${place}]`, helpers));
      return all(`Array.isArray(${value})`, `${value}.length === ${items.length}`, ...items);
    }
    case 'record': {
      const isOpen = (def.keyType as $ZodTypes)._zod.def.type === 'string' && !def.checks?.length;
      if (!isOpen) return 'false';
      const key = named(helpers, testOf(def.keyType, 'value', helpers));
      const inner = named(helpers, testOf(def.valueType, 'value', helpers));
      const every = `Object.entries(${value}).every(([key, inner]) => ${key}(key) && ${inner}(inner))`;
      return all(`isGroup(${value})`, every);
    }
    case 'union': {
      const { discriminator } = def as { discriminator?: string };
      if (def.checks?.length) return 'false';
      if (discriminator === undefined) {
        // Of several that take an object the first one counts, which could give back another; a word or number comes back as it is.
        const areScalars = def.options.every((option) => scalars.has((option as $ZodTypes)._zod.def.type));
        return areScalars
          ? `(${def.options.map((option) => testOf(option, value, helpers)).join(' || ')})`
          : 'false';
      }
      const tests = def.options.map((option) => named(helpers, testOf(option, 'value', helpers)));
      return all(`isGroup(${value})`, `(${tests.map((test) => `${test}(${value})`).join(' || ')})`);
    }
    case 'object': {
      if (def.checks?.length) return 'false';
      const names = Object.keys(def.shape);
      const inners = Object.values(def.shape) as $ZodTypes[];
      const mayLack = inners.map(({ _zod }) => _zod.def.type === 'optional');
      const tests = names.map((name, place) => {
        const field = `value[${JSON.stringify(name)}]`;
        const test = testOf(inners[place] as object, field, helpers);
        return mayLack[place] ? `(${field} === undefined || ${test})` : test;
      });
      const keys = `hasFields(value, ${constant(helpers, names)}, ${constant(helpers, mayLack)})`;
      const kinds = tests.filter((test) => test.includes('.has('));
      // What tells one kind of object from another comes first.
      const ordered = [...kinds.slice(0, 1), keys, ...tests.filter((test) => test !== kinds[0])];
      return `${named(helpers, all('isGroup(value)', ...ordered))}(${value})`;
    }
    default:
      return 'false';
  }
}

/** Are its keys those of a schema, in the schema's order? */
function hasFields(value: object, names: readonly string[], mayLack: readonly boolean[]): boolean {
  let place = 0;
  for (const key in value) {
    while (names[place] !== key) if (!mayLack[place++]) return false;
    place++;
  }
  while (place < names.length) if (!mayLack[place++]) return false;
  return true;
}

interface Check {
  check: string;
  value?: number | bigint | Date;
  inclusive?: boolean;
  minimum?: number;
  maximum?: number;
  pattern?: RegExp;
  format?: string;
}

/** The checks of a schema, and the one that a schema such as z.int() is itself. */
function checksOf(def: $ZodTypeDef, value: string, helpers: Helpers): string[] {
  const own = 'check' in def ? [def as unknown as Check] : [];
  const others = (def.checks ?? []).map(({ _zod }) => _zod.def as Check);
  return [...own, ...others].map((check) => checkOf(check, value, helpers));
}

function checkOf(
  { check, value: bound, inclusive, minimum, maximum, pattern, format }: Check,
  value: string,
  helpers: Helpers,
): string {
  switch (check) {
    case 'min_length':
      return `${value}.length >= ${minimum}`;
    case 'max_length':
      return `${value}.length <= ${maximum}`;
    case 'greater_than':
      return `${value} ${inclusive ? '>=' : '>'} ${Number(bound)}`;
    case 'less_than':
      return `${value} ${inclusive ? '<=' : '<'} ${Number(bound)}`;
    case 'number_format':
      return format === 'safeint' ? `Number.isSafeInteger(${value})` : 'false';
    case 'string_format':
      return pattern && !pattern.global ? `${constant(helpers, pattern)}.test(${value})` : 'false';
    default:
      return 'false';
  }
}

function isGroup(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

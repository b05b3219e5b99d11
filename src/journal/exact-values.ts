import type { $ZodTypeDef, $ZodTypes } from 'zod/v4/core';

/** Is a value one that the schema gives back just as it is? False says nothing: then the schema itself must be asked. */
type IsExact = (value: unknown) => boolean;

/**
 * A quick test beside a schema, for values out of JSON. Most events of a journal are just as they were written, with their keys in the
 * schema's order, and an export reads millions of them: to see that costs a tenth of having zod make a copy. Whatever it does not know
 * for certain (another order, a default to be filled in, a kind of schema that it has not met) it leaves to zod.
 */
export function exactValuesOf(schema: object): IsExact {
  const { def } = (schema as $ZodTypes)._zod;
  switch (def.type) {
    case 'string':
      return withChecks(def, (value) => typeof value === 'string');
    case 'number':
      return withChecks(def, (value) => Number.isFinite(value));
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'literal':
      return isAmong(def.values);
    case 'enum':
      return isAmong(Object.values(def.entries));
    case 'nullable':
      return orNull(exactValuesOf(def.innerType));
    case 'optional':
    case 'default':
      return exactValuesOf(def.innerType);
    case 'array': {
      const isItem = exactValuesOf(def.element);
      return withChecks(def, (value) => {
        if (!Array.isArray(value)) return false;
        for (const item of value) if (!isItem(item)) return false;
        return true;
      });
    }
    case 'tuple': {
      const items = def.items.map(exactValuesOf);
      return (value) =>
        def.rest === null &&
        Array.isArray(value) &&
        value.length === items.length &&
        items.every((isItem, place) => isItem(value[place]));
    }
    case 'record': {
      const [isKey, isValue] = [exactValuesOf(def.keyType), exactValuesOf(def.valueType)];
      const isOpen = (def.keyType as $ZodTypes)._zod.def.type === 'string' && !def.checks?.length;
      return (value) =>
        isOpen &&
        isGroup(value) &&
        Object.entries(value).every(([key, inner]) => isKey(key) && isValue(inner));
    }
    case 'union': {
      const { discriminator } = def as { discriminator?: string };
      // Of several that take a value the first one counts, which could give back another.
      if (discriminator === undefined || def.checks?.length) return () => false;
      const byKind = new Map(
        def.options.map((option) => [kindOf(option, discriminator), exactValuesOf(option)]),
      );
      return (value) => isGroup(value) && (byKind.get(value[discriminator])?.(value) ?? false);
    }
    case 'object':
      return def.checks?.length ? () => false : fields(def.shape);
    default:
      return () => false;
  }
}

function fields(shape: Readonly<Record<string, object>>): IsExact {
  const names = Object.keys(shape);
  const isField = Object.values(shape).map(exactValuesOf);
  const mayLack = Object.values(shape).map((inner) => (inner as $ZodTypes)._zod.def.type === 'optional');
  return (value) => {
    if (!isGroup(value)) return false;
    let place = 0;
    for (const key in value) {
      while (names[place] !== key) if (!mayLack[place++]) return false;
      if (!isField[place++]?.(value[key])) return false;
    }
    while (place < names.length) if (!mayLack[place++]) return false;
    return true;
  };
}

/** The one literal by which a discriminated union picks an option; undefined, which no JSON holds, where it is none. */
function kindOf(option: object, discriminator: string): unknown {
  const { def } = (option as $ZodTypes)._zod;
  const kind =
    def.type === 'object' ? (def.shape[discriminator] as $ZodTypes | undefined)?._zod.def : undefined;
  return kind?.type === 'literal' && kind.values.length === 1 ? kind.values[0] : undefined;
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

/** With the checks of a schema, and with the one that a schema such as z.int() is itself. */
function withChecks(def: $ZodTypeDef, isKind: IsExact): IsExact {
  const own = 'check' in def ? [def as unknown as Check] : [];
  const others = (def.checks ?? []).map(({ _zod }) => _zod.def as Check);
  return [...own, ...others]
    .map(passOf)
    .reduce<IsExact>((isSoFar, pass) => (value) => isSoFar(value) && pass(value as never), isKind);
}

function passOf({
  check,
  value,
  inclusive,
  minimum = 0,
  maximum = 0,
  pattern,
  format,
}: Check): (value: never) => boolean {
  const bound = Number(value);
  const isLong = (text: { length: number }) => text.length >= minimum;
  switch (check) {
    case 'min_length':
      return isLong;
    case 'max_length':
      return (text: { length: number }) => text.length <= maximum;
    case 'greater_than':
      return (number: number) => (inclusive ? number >= bound : number > bound);
    case 'less_than':
      return (number: number) => (inclusive ? number <= bound : number < bound);
    case 'number_format':
      return (number: number) => format === 'safeint' && Number.isSafeInteger(number);
    case 'string_format':
      return (text: string) => pattern !== undefined && !pattern.global && pattern.test(text);
    default:
      return () => false;
  }
}

function isAmong(values: readonly unknown[]): IsExact {
  const known = new Set(values);
  return (value) => known.has(value);
}

function orNull(isValue: IsExact): IsExact {
  return (value) => value === null || isValue(value);
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

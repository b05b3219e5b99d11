import type { $ZodTypes } from 'zod/v4/core';

/** A value with its keys in the schema's order; undefined where it has keys that the schema does not know. */
type OrderedCopy = (value: object) => unknown;

/**
 * Copies values into the order of a schema without checking them, in a fraction of the time that zod takes over both: what this process
 * has made itself is nearly always right, and `exactValuesOf` tells. Gives undefined for what it does not know for certain.
 *
 * Compiled as zod compiles its own, since a property that is read by its name costs a tenth of one that is read by a variable.
 */
export function orderedCopyOf(schema: object): OrderedCopy {
  const functions: string[] = [];
  const copy = copyOf(schema, 'value', functions);
  const source = `let isSound;
    const count = (value) => { let known = 0; for (const key in value) if (value[key] !== undefined) known++; return known; };
    ${functions.join('\n')}
    return (value) => { isSound = true; const copy = ${copy}; return isSound ? copy : undefined; };`;
  try {
    return new Function(source)();
  } catch {
    // Where code may not be made at run time.
    return () => undefined;
  }
}

/** A function of its own for what a loop or several places need, as a call of it. */
function called(functions: string[], value: string, body: string): string {
  const name = `copy${functions.length}`;
  functions.push(`const ${name} = (value) => { ${body} };`);
  return `${name}(${value})`;
}

/** JavaScript that copies an expression. */
function copyOf(schema: object, value: string, functions: string[]): string {
  const { def } = (schema as $ZodTypes)._zod;
  switch (def.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'literal':
    case 'enum':
      return value;
    case 'nullable':
    case 'optional':
    case 'default': {
      const inner = copyOf(def.innerType, value, functions);
      return inner === value ? value : `(${value} == null ? ${value} : ${inner})`;
    }
    case 'array': {
      const item = copyOf(def.element, 'value[place]', functions);
      const loop = `for (let place = 0; place < value.length; place++) copy.push(${item});`;
      return called(
        functions,
        value,
        `if (!Array.isArray(value)) return value; const copy = []; ${loop} return copy;`,
      );
    }
    case 'record': {
      const inner = copyOf(def.valueType, 'value[key]', functions);
      const loop = `for (const key in value) if (value[key] !== undefined) copy[key] = ${inner};`;
      return called(functions, value, `${unlessGroup} const copy = {}; ${loop} return copy;`);
    }
    case 'union': {
      const { discriminator } = def as { discriminator?: string };
      if (discriminator === undefined) return 'void (isSound = false)';
      const cases = def.options.flatMap((option) => {
        const copy = copyOf(option, 'value', functions);
        return namesOf(option, discriminator).map((name) => `case ${JSON.stringify(name)}: return ${copy};`);
      });
      const choice = `switch (value[${JSON.stringify(discriminator)}]) { ${cases.join(' ')} }`;
      return called(functions, value, `${unlessGroup} ${choice} isSound = false;`);
    }
    case 'object': {
      const names = Object.keys(def.shape);
      const fields = names.map((name) => {
        const field = `value[${JSON.stringify(name)}]`;
        const copy = copyOf(def.shape[name] as object, field, functions);
        return `if (${field} !== undefined) { copy[${JSON.stringify(name)}] = ${copy}; known++; }`;
      });
      const check = 'if (known !== count(value)) isSound = false;';
      return called(
        functions,
        value,
        `${unlessGroup} const copy = {}; let known = 0; ${fields.join(' ')} ${check} return copy;`,
      );
    }
    default:
      return 'void (isSound = false)';
  }
}

const unlessGroup = "if (typeof value !== 'object' || value === null) return value;";

/** What the discriminator of an option may be. */
function namesOf(option: object, discriminator: string): unknown[] {
  const { def } = (option as $ZodTypes)._zod;
  if (def.type !== 'object') return [];
  const literal = (def.shape[discriminator] as $ZodTypes | undefined)?._zod.def;
  return literal?.type === 'literal' ? [...literal.values] : [];
}

import { parseSync } from 'oxc-parser';

/** A place of a file's text, by offsets in UTF-16 units, and what stands there instead. */
export interface Place {
  start: number;
  end: number;
  replacement: string;
}

/** One change of one place of a file. */
export interface Mutant extends Place {
  /** What was changed, such as `<` to `<=`. */
  change: string;
  /** From 1. */
  line: number;
  /** The innermost part of the file around it, as `withReach` names it. */
  part: string;
}

type Change = Omit<Mutant, 'line' | 'part'>;

interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

const swapped: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
};

const swappedMethods = new Map(
  Object.entries({
    min: 'max',
    max: 'min',
    some: 'every',
    every: 'some',
  }),
);

/** Every mutant of a TypeScript file. Types, messages of thrown errors and import lines have none. */
export function mutantsOf(path: string, text: string): Mutant[] {
  const program = parsed(path, text);
  const found: Change[] = [];
  visit(program, (node) => found.push(...mutantsAt(node, text)));
  const parts = partsOf(program);
  return found.map((mutant) => {
    const around = parts.findLastIndex(({ start, end }) => start <= mutant.start && mutant.end <= end);
    return { ...mutant, line: text.slice(0, mutant.start).split('\n').length, part: nameOf(path, around) };
  });
}

/**
 * The file, with each of its parts telling the set `partsReached`, where there is one, that it runs. A part is the file
 * itself, a block, or an arrow function without one.
 */
export function withReach(path: string, text: string): string {
  const marked = partsOf(parsed(path, text)).map((part, place) => ({
    ...part,
    mark: `globalThis.partsReached?.add(${JSON.stringify(nameOf(path, place))})`,
  }));
  const inserted = marked.flatMap(({ type, start, end, mark }) => {
    if (type === 'Program') return [{ at: start, code: `${mark};` }];
    if (type === 'BlockStatement' || type === 'FunctionBody') return [{ at: start + 1, code: `${mark};` }];
    return [
      { at: start, code: `(${mark}, ` },
      { at: end, code: ')' },
    ];
  });
  // From the end, so that what stands before stays where it is; of two at one place the inner closes first.
  return inserted
    .map((piece, order) => ({ ...piece, order }))
    .sort((one, other) => other.at - one.at || one.order - other.order)
    .reduce((code, { at, code: piece }) => code.slice(0, at) + piece + code.slice(at), text);
}

const nameOf = (path: string, place: number) => `${path}#${place}`;

/** Outer ones before those inside. */
function partsOf(program: Node): Pick<Node, 'type' | 'start' | 'end'>[] {
  const found: Pick<Node, 'type' | 'start' | 'end'>[] = [{ ...program, start: 0 }];
  visit(
    program,
    (node) => {
      if (node.type === 'BlockStatement' || node.type === 'FunctionBody') found.push(node);
      const body = node['body'] as Node;
      if (node.type === 'ArrowFunctionExpression' && node['expression'] === true) found.push(body);
    },
    (node) => node.type === 'ImportDeclaration' || isType(node),
  );
  return found;
}

function parsed(path: string, text: string): Node {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  return program as unknown as Node;
}

function visit(node: Node, on: (node: Node) => void, isSkipped = isUntested): void {
  if (isSkipped(node)) return;
  on(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) visit(child, on, isSkipped);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** The value inside `as`, `satisfies` and `!` is code; every other node of TypeScript's own is a type. */
const typedValues = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);

function isUntested(node: Node): boolean {
  return node.type === 'ImportDeclaration' || node.type === 'ThrowStatement' || isType(node);
}

function isType({ type }: Node): boolean {
  return type.startsWith('TS') && !typedValues.has(type);
}

function mutantsAt(node: Node, text: string): Change[] {
  const replace = ({ start, end }: Pick<Node, 'start' | 'end'>, replacement: string) => ({
    start,
    end,
    replacement,
    change: `${short(text.slice(start, end))} to ${short(replacement)}`,
  });
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const operator = node['operator'] as string;
      const other = swapped[operator];
      if (other === undefined || joinsText(node, text)) return [];
      const [left, right] = [node['left'] as Node, node['right'] as Node];
      const at = text.indexOf(operator, left.end);
      if (at < 0 || at > right.start) return [];
      return [replace({ start: at, end: at + operator.length }, other)];
    }
    case 'IfStatement':
    case 'ConditionalExpression': {
      const test = node['test'] as Node;
      return [replace(test, 'true'), replace(test, 'false')];
    }
    case 'UnaryExpression': {
      if (node['operator'] !== '!' && node['operator'] !== '-') return [];
      return [replace({ start: node.start, end: node.start + 1 }, '')];
    }
    case 'Literal': {
      const value = node['value'];
      if (typeof value === 'boolean') return [replace(node, String(!value))];
      if (typeof value === 'number')
        return [
          replace(node, value === 0 ? '1' : `(${value} * 2)`),
          ...(value > 1 ? [replace(node, `${value - 1}`)] : []),
        ];
      return [];
    }
    case 'ExpressionStatement': {
      return (node['expression'] as Node).type === 'CallExpression' ? [replace(node, ';')] : [];
    }
    case 'MemberExpression': {
      const property = node['property'] as Node;
      const other = node['computed'] === true ? undefined : swappedMethods.get(String(property['name']));
      return other === undefined ? [] : [replace(property, other)];
    }
    default:
      return [];
  }
}

/** A sum with a text in it joins words; no test should hold those. */
function joinsText({ operator, left, right }: Node, text: string): boolean {
  if (operator !== '+') return false;
  return [left as Node, right as Node].some(({ start, end }) => /['"`]/.test(text.slice(start, end)));
}

function short(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line === '' ? 'nothing' : `\`${line.length > 40 ? `${line.slice(0, 39)}…` : line}\``;
}

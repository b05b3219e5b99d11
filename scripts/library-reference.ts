import { resolve } from 'node:path';
import {
  API,
  type Checker,
  SignatureKind,
  SymbolFlags,
  type Type,
  type Symbol as TypedSymbol,
  TypeFlags,
  type UnionType,
} from 'typescript/unstable/sync';
import { table } from './document-parts.ts';

/** Objects that a program holds or hands over; other types are named where they stand, and are in the package. */
const objects = [
  'RunningDebate',
  'ReplayedDebate',
  'ParleyError',
  'SeatTurn',
  'Price',
  'Timeouts',
  'BatchResult',
].concat([
  'Compared',
  'ScoreReport',
  'WhyOfStored',
  'EvolutionResult',
  'ExportResult',
  'CheckedDataset',
  'PushResult',
]);

/**
 * Every function of the library with its options, then the objects that they give and take, from the types and their
 * docstrings. Throws where one of them has none.
 */
export function libraryReference(): string {
  const api = new API({ cwd: resolve('.') });
  try {
    const [project] = api.updateSnapshot({ openProjects: [resolve('tsconfig.types.json')] }).getProjects();
    const file = project?.program.getSourceFile(resolve('src/index.ts'));
    const module = file && project?.checker.getSymbolAtLocation(file);
    if (project === undefined || module === undefined) throw new Error('src/index.ts cannot be read');
    return referenceOf(project.checker, module);
  } finally {
    api.close();
  }
}

function referenceOf(checker: Checker, module: TypedSymbol): string {
  const exported = new Map(
    checker.getExportsOfModule(module).map((symbol) => {
      return [symbol.name, symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol];
    }),
  );
  const undocumented: string[] = [];

  function aboutFunction(symbol: TypedSymbol): string {
    const [signature] = checker.getSignaturesOfType(typeOf(symbol), SignatureKind.Call);
    if (signature === undefined) throw new Error(`${symbol.name} cannot be called`);
    const parameters = signature.getParameters().map((parameter, index) => {
      const type = checker.getNonNullableType(checker.getParameterType(signature, index) as Type) as Type;
      const isText = checker.typeToString(type) === 'string';
      return { name: isText ? parameter.name : 'options', type, isText };
    });
    const result = shown(checker.typeToString(checker.getReturnTypeOfSignature(signature) as Type));
    return [
      `## ${symbol.name}`,
      documented(symbol, symbol.name),
      `\`${symbol.name}(${parameters.map(({ name }) => name).join(', ')})\` returns \`${result}\`.`,
      ...parameters
        .filter(({ isText }) => !isText)
        .map(({ type }) => propertyTable('option', type, symbol.name)),
    ].join('\n\n');
  }

  function aboutObject(name: string): string {
    const symbol = exported.get(name);
    if (symbol === undefined) throw new Error(`${name} is not exported`);
    const properties = propertyTable('property', checker.getDeclaredTypeOfSymbol(symbol), name);
    return [`## ${name}`, documented(symbol, name), properties].join('\n\n');
  }

  /** One row a property; for a union, those of every form. */
  function propertyTable(head: string, type: Type, owner: string): string {
    const forms = type.flags & TypeFlags.Union ? (type as UnionType).getTypes() : [type];
    const all = forms.flatMap((form) => [...checker.getPropertiesOfType(form)]);
    const properties = new Map(all.map((property) => [property.name, property]));
    const rows = [...properties.values()]
      .filter(({ name }) => !name.startsWith('__') && !inherited.has(name))
      .map((property) => {
        const about = documented(property, `${owner}.${property.name}`);
        const needed = head === 'option' && !(property.flags & SymbolFlags.Optional) ? ' (required)' : '';
        return [`\`${property.name}\`${needed}`, `\`${declaredType(property)}\``, about];
      });
    return table([head, 'type', 'what it is'], rows);
  }

  /** As the compiler sees it; one that fills lines, as its name is written. */
  function declaredType(property: TypedSymbol): string {
    const seen = shown(checker.typeToString(checker.getNonNullableType(typeOf(property)) as Type));
    if (seen.length <= 160) return seen;
    const text = property.valueDeclaration?.resolve()?.getText() ?? '';
    return shown(/^(?:readonly )?\w+\??: ([\s\S]*?);?$/.exec(text)?.[1] ?? seen);
  }

  function documented(symbol: TypedSymbol, path: string): string {
    const text = checker.getDocumentationCommentOfSymbol(symbol).replaceAll(/\s+/g, ' ').trim();
    if (text === '') undocumented.push(path);
    return text;
  }

  function typeOf(symbol: TypedSymbol): Type {
    return checker.getTypeOfSymbol(symbol) as Type;
  }

  const functions = [...exported.values()].filter(({ flags }) => flags & SymbolFlags.Function);
  const parts = [...functions.map(aboutFunction), ...objects.map(aboutObject)];
  if (undocumented.length > 0) throw new Error(`without a docstring: ${undocumented.join(', ')}`);
  return parts.join('\n\n');
}

/** What every error has. */
const inherited = new Set(['message', 'stack', 'cause']);

/** A type in one line, without what a caller needs no telling of. */
function shown(type: string): string {
  return type
    .replaceAll('"', "'")
    .replaceAll(/\bReadonly<(Record<[^<>]*>)>/g, '$1')
    .replaceAll(/\breadonly | \| undefined|, any, any(?=>)/g, '')
    .replaceAll(/\s+/g, ' ');
}

import type { Columns, ColumnType } from '../column-types.ts';
import { columnsOf } from '../formats/training-format.ts';
import { meaningOf } from '../row-provenance.ts';
import { cardTags } from './card.ts';
import type { DataFile, Summary } from './summary.ts';

/** A file as it lies on the disk. */
export interface WrittenFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** Metadata in the Croissant format 1.1 of MLCommons: one record set for each file of rows. */
export function croissant(summary: Summary, written: readonly WrittenFile[]): string {
  const files = summary.files.flatMap((file) => {
    const found = written.find(({ path }) => path === file.path);
    return found ? [{ ...file, ...found }] : [];
  });
  const document = {
    '@context': context,
    '@type': 'sc:Dataset',
    name: summary.name,
    description:
      'Synthetic debates between personas, grounded in one article each, as training data. Roles, not people; nothing here was said by anyone.',
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    // The format asks for an address; a folder has none yet, and its card is what one would see there.
    url: 'README.md',
    datePublished: summary.madeAt,
    version: '1.0.0',
    sdVersion: '1.0.0',
    inLanguage: summary.languages,
    keywords: cardTags,
    creator: { '@type': 'sc:Organization', name: `parley ${summary.parley}` },
    license: [...new Set(summary.articles.map(({ licence }) => licence || 'not stated'))].map((name) => ({
      '@type': 'sc:CreativeWork',
      name,
    })),
    distribution: files.map(({ path, bytes, sha256, kind }) => ({
      '@type': 'cr:FileObject',
      '@id': path,
      name: path,
      contentUrl: path,
      contentSize: `${bytes} B`,
      encodingFormat: kind === 'parquet' ? 'application/x-parquet' : 'application/jsonlines',
      sha256,
    })),
    recordSet: files.map((file) => recordSet(file, summary)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function recordSet({ path, format: name, split }: DataFile, { formats, notes }: Summary) {
  const format = formats.find((one) => one.name === name);
  const columns: Columns = format ? columnsOf(format, notes) : {};
  const id = `records/${path}`;
  return {
    '@type': 'cr:RecordSet',
    '@id': id,
    name: id,
    description: `${name}, ${split}: ${format?.use ?? ''}`,
    field: Object.entries(columns).map(([column, type]) => fieldOf(id, path, column, type)),
  };
}

const dataTypes = {
  text: 'sc:Text',
  integer: 'sc:Integer',
  decimal: 'sc:Float',
  truth: 'sc:Boolean',
} as const;

function fieldOf(set: string, path: string, column: string, type: ColumnType): object {
  const source = { fileObject: { '@id': path }, extract: { column } };
  const meaning = meaningOf(column);
  const described = meaning === null ? {} : { description: meaning };
  const field = { '@type': 'cr:Field', '@id': `${set}/${column}`, name: `${set}/${column}`, ...described };
  const isList = type.kind === 'list';
  const inner = isList ? type.of : type;
  const shape = isList ? { isArray: true, arrayShape: '-1' } : {};
  if (inner.kind === 'group') {
    const subField = Object.entries(inner.fields).map(([name, sub]) => ({
      '@type': 'cr:Field',
      '@id': `${set}/${column}/${name}`,
      name: `${set}/${column}/${name}`,
      dataType: sub.kind === 'list' || sub.kind === 'group' ? 'sc:Text' : dataTypes[sub.kind],
      source: { ...source, transform: { jsonPath: name } },
    }));
    return { ...field, ...shape, subField };
  }
  return {
    ...field,
    ...shape,
    dataType: inner.kind === 'list' ? 'sc:Text' : dataTypes[inner.kind],
    source,
  };
}

const context = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  annotation: 'cr:annotation',
  arrayShape: 'cr:arrayShape',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  containedIn: 'cr:containedIn',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  excludes: 'cr:excludes',
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isArray: 'cr:isArray',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  rai: 'http://mlcommons.org/croissant/RAI/',
  readLines: 'cr:readLines',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  sc: 'https://schema.org/',
  sdVersion: 'cr:sdVersion',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
  unArchive: 'cr:unArchive',
  value: 'cr:value',
};

/**
 * What parley's Croissant metadata must look like, as JSON Schema, written from the Croissant Format Specification 1.1 of
 * MLCommons (http://mlcommons.org/croissant/1.1): the required dataset properties, FileObject, RecordSet, Field,
 * DataSource and the recommendation that ids of fields begin with those of their record sets.
 */
const text = { type: 'string', minLength: 1 };
const reference = {
  type: 'object',
  required: ['@id'],
  additionalProperties: false,
  properties: { '@id': text },
};

const source = {
  type: 'object',
  required: ['fileObject', 'extract'],
  additionalProperties: false,
  properties: {
    fileObject: reference,
    extract: {
      type: 'object',
      required: ['column'],
      additionalProperties: false,
      properties: { column: text },
    },
    transform: {
      type: 'object',
      required: ['jsonPath'],
      additionalProperties: false,
      properties: { jsonPath: text },
    },
  },
};

const field = {
  type: 'object',
  required: ['@type', '@id', 'name'],
  // A field is of a type and has a source, or is made of fields that do.
  oneOf: [
    { required: ['dataType', 'source'], not: { required: ['subField'] } },
    { required: ['subField'], not: { required: ['dataType'] } },
  ],
  dependentRequired: { arrayShape: ['isArray'] },
  additionalProperties: false,
  properties: {
    '@type': { const: 'cr:Field' },
    '@id': { type: 'string', pattern: '^records/data/.+/[a-z0-9_]+$' },
    name: text,
    dataType: { enum: ['sc:Text', 'sc:Integer', 'sc:Float', 'sc:Boolean'] },
    description: text,
    isArray: { const: true },
    arrayShape: { const: '-1' },
    source,
    subField: { type: 'array', minItems: 1, items: { $ref: '#/$defs/field' } },
  },
};

export const croissantSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $defs: { field },
  type: 'object',
  required: [
    ...['@context', '@type', 'conformsTo', 'name', 'description', 'license', 'url', 'creator'],
    ...['datePublished', 'distribution', 'recordSet'],
  ],
  additionalProperties: false,
  properties: {
    '@context': {
      type: 'object',
      required: [
        '@vocab',
        'sc',
        'cr',
        'dct',
        'conformsTo',
        'recordSet',
        'field',
        'dataType',
        'source',
        'extract',
      ],
      properties: {
        '@vocab': { const: 'https://schema.org/' },
        sc: { const: 'https://schema.org/' },
        cr: { const: 'http://mlcommons.org/croissant/' },
        dct: { const: 'http://purl.org/dc/terms/' },
        conformsTo: { const: 'dct:conformsTo' },
        isArray: { const: 'cr:isArray' },
        arrayShape: { const: 'cr:arrayShape' },
        sdVersion: { const: 'cr:sdVersion' },
      },
    },
    '@type': { const: 'sc:Dataset' },
    conformsTo: { const: 'http://mlcommons.org/croissant/1.1' },
    name: text,
    description: text,
    url: text,
    inLanguage: {
      type: 'array',
      minItems: 1,
      items: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]+)*$' },
    },
    keywords: { type: 'array', minItems: 1, items: text },
    sdVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
    version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
    datePublished: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' },
    creator: {
      type: 'object',
      required: ['@type', 'name'],
      properties: { '@type': { enum: ['sc:Organization', 'sc:Person'] }, name: text },
    },
    license: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['@type', 'name'],
        properties: { '@type': { const: 'sc:CreativeWork' }, name: text },
      },
    },
    distribution: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['@type', '@id', 'name', 'contentUrl', 'contentSize', 'encodingFormat', 'sha256'],
        additionalProperties: false,
        properties: {
          '@type': { const: 'cr:FileObject' },
          '@id': text,
          name: text,
          contentUrl: text,
          contentSize: { type: 'string', pattern: '^\\d+ B$' },
          encodingFormat: { enum: ['application/jsonlines', 'application/x-parquet'] },
          sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        },
      },
    },
    recordSet: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['@type', '@id', 'name', 'field'],
        additionalProperties: false,
        properties: {
          '@type': { const: 'cr:RecordSet' },
          '@id': text,
          name: text,
          description: text,
          field: { type: 'array', minItems: 1, items: { $ref: '#/$defs/field' } },
        },
      },
    },
  },
};

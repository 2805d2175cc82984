import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { responseSchemaOf } from '../../../src/providers/gemini/response-schema.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/shared/json.ts'

const inObject = (node: JsonObject): JsonObject => ({ type: 'object', properties: { a: node }, required: ['a'] })
const translatedNode = (node: JsonObject) => {
  const { schema, warnings } = responseSchemaOf(inObject(node))
  return { node: isJsonObject(schema?.properties) ? schema.properties.a : undefined, warnings }
}

describe("an answer's schema for Gemini", () => {
  test.each<[string, JsonObject, JsonObject, RegExp | undefined]>([
    ['a type or null', { type: ['integer', 'null'] }, { type: 'integer', nullable: true }, undefined],
    [
      'one of two, null being one',
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
      { type: 'string', nullable: true },
      undefined,
    ],
    ['a list of words', { enum: ['a', 'b'] }, { type: 'string', format: 'enum', enum: ['a', 'b'] }, undefined],
    ['a constant', { const: 'a' }, { type: 'string', format: 'enum', enum: ['a'] }, undefined],
    ['a description', { type: 'string', description: 'x' }, { type: 'string', description: 'x' }, undefined],
    ['a moment', { type: 'string', format: 'date-time' }, { type: 'string', format: 'date-time' }, undefined],
    ['numbers to choose from', { type: 'integer', enum: [1, 2] }, { type: 'integer' }, /"enum" of a\.$/],
    ['bounds', { type: 'number', minimum: 0 }, { type: 'number' }, /"minimum" of a\.$/],
    ['a pattern', { type: 'string', pattern: '^a' }, { type: 'string' }, /"pattern" of a\.$/],
    ['another format', { type: 'string', format: 'email' }, { type: 'string' }, /"format" of a\.$/],
    [
      'other properties',
      { ...inObject({ type: 'string' }), additionalProperties: true },
      { type: 'object' },
      /"additionalProperties" of a\.$/,
    ],
  ])('%s is said where the dialect can, and warned of where it cannot', (_name, node, expected, warning) => {
    const translated = translatedNode(node)
    expect(translated.node).toMatchObject(expected)
    if (expected.type !== 'object') expect(translated.node).toEqual(expected)
    if (warning === undefined) expect(translated.warnings).toEqual([])
    else expect(translated.warnings.join()).toMatch(warning)
  })

  test.each<[string, JsonObject]>([
    ['a reference', { $ref: '#/$defs/x' }],
    ['one of several', { oneOf: [{ type: 'string' }, { type: 'number' }] }],
    ['an object of any shape', { type: 'object' }],
    ['a list of anything', { type: 'array' }],
  ])('%s makes the whole unsayable, because a property that is not named would be forbidden', (_name, node) => {
    const { schema, warnings } = responseSchemaOf(inObject(node))
    expect(schema).toBeUndefined()
    expect(warnings.join()).toMatch(/cannot enforce.* a/)
  })

  test('is never more than the dialect has, whatever the schema is', () => {
    const known = new Set(
      [
        'type',
        'format',
        'description',
        'nullable',
        'enum',
        'properties',
        'required',
        'propertyOrdering',
        'items',
      ].concat('minItems', 'maxItems'),
    )
    const node = fc.letrec<{ node: JsonValue }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue() as fc.Arbitrary<JsonValue>,
        fc.record(
          {
            type: fc.constantFrom('object', 'array', 'string', 'null', ['string', 'null'], ['integer', 'string'], 3),
            properties: fc.dictionary(fc.string(), tie('node'), { maxKeys: 3 }),
            items: tie('node'),
            anyOf: fc.array(tie('node'), { maxLength: 3 }),
            enum: fc.array(fc.jsonValue(), { maxLength: 3 }),
            additionalProperties: fc.boolean(),
            pattern: fc.string(),
          },
          { requiredKeys: [] },
        ) as unknown as fc.Arbitrary<JsonValue>,
      ),
    })).node
    fc.assert(
      fc.property(node, (schema) => {
        const { schema: translated, warnings } = responseSchemaOf(inObject({ type: 'array', items: schema }))
        if (translated === undefined) expect(warnings.length).toBeGreaterThan(0)
        else for (const key of keysOfNodes(translated)) expect(known).toContain(key)
      }),
      { numRuns: 300 },
    )
  })
})

function keysOfNodes(node: JsonValue | undefined): string[] {
  if (!isJsonObject(node)) return []
  const properties = isJsonObject(node.properties) ? Object.values(node.properties) : []
  return [...Object.keys(node), ...[...properties, node.items].flatMap(keysOfNodes)]
}

import { create, type FactoryFunctionMap, meanDependencies } from 'mathjs/number'

// Only what is used: the whole library takes several times as long to make.
const mathematics = create({ meanDependencies } as FactoryFunctionMap)

/** Arithmetic mean; undefined for no values. */
export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : mathematics.mean(values as number[])
}

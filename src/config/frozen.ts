/** The same value, frozen with everything in it. What is only computed when it is asked for is not computed. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const { value: inner } of Object.values(Object.getOwnPropertyDescriptors(value))) frozen(inner)
  return Object.freeze(value)
}

/** A stream of random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Standard normal. */
  normal(): number
}

/**
 * A stream of its own for each run of each scenario, so that results depend neither on the number of threads nor on which
 * other scenarios are run. The generator is sfc32 (Doty-Humphrey): its period is long enough for millions of draws a run.
 */
export function randomFor(seed: number, scenario: string, run: number): Random {
  const uniform = sfc32(seed, hashOf(scenario), run)
  return { uniform, normal: normals(uniform) }
}

function sfc32(one: number, two: number, three: number): () => number {
  let [a, b, c, counter] = [one | 0, two | 0, three | 0, 1]
  const next = () => {
    const output = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + output) | 0
    return (output >>> 0) / 4_294_967_296
  }
  // The first numbers of similar seeds are similar.
  for (let round = 0; round < 15; round += 1) next()
  return next
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return hash
}

/** Box and Muller's transform gives two at a time. */
function normals(uniform: () => number): () => number {
  let spare: number | undefined
  return () => {
    if (spare !== undefined) {
      const kept = spare
      spare = undefined
      return kept
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    const angle = 2 * Math.PI * uniform()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/**
 * Moves labels apart as little as it takes.
 * @param wanted where their middles should be, in any order
 * @param gapPx least distance of two neighbours
 * @param limits of the middles; where they have not room for all, the gap shrinks
 * @returns in the order of `wanted`
 */
export function spreadLabels(
  wanted: readonly number[],
  gapPx: number,
  [low, high]: readonly [number, number],
): number[] {
  const gap = Math.min(gapPx, (high - low) / Math.max(1, wanted.length - 1))
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const groups: Group[] = []
  for (const index of order) {
    groups.push({ members: [index], middle: wanted[index] ?? 0 })
    joinWhileTouching(groups, gap, [low, high])
  }
  const placed = [...wanted]
  for (const group of groups) {
    group.members.forEach((index, place) => {
      placed[index] = startOf(group, gap) + place * gap
    })
  }
  return placed
}

/** Neighbours that touch, spread about the mean of their wanted places. */
interface Group {
  members: number[]
  middle: number
}

function joinWhileTouching(groups: Group[], gap: number, [low, high]: readonly [number, number]): void {
  while (true) {
    const last = groups.pop()
    if (last === undefined) return
    const half = ((last.members.length - 1) * gap) / 2
    const kept = { ...last, middle: Math.max(low + half, Math.min(high - half, last.middle)) }
    const before = groups.at(-1)
    if (before === undefined || startOf(kept, gap) >= endOf(before, gap) + gap - 1e-9) {
      groups.push(kept)
      return
    }
    groups.pop()
    groups.push(joined(before, kept))
  }
}

function joined(one: Group, other: Group): Group {
  const members = [...one.members, ...other.members]
  const middle = (one.middle * one.members.length + other.middle * other.members.length) / members.length
  return { members, middle }
}

function startOf({ members, middle }: Group, gap: number): number {
  return middle - ((members.length - 1) * gap) / 2
}

function endOf({ members, middle }: Group, gap: number): number {
  return middle + ((members.length - 1) * gap) / 2
}

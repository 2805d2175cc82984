/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

const fewestRows = 3

/** The heads of a table sort its rows; a second press turns the order. */
export function sortByHeads(table: HTMLTableElement): void {
  const body = table.tBodies[0]
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])]
  if (body === undefined || body.rows.length < fewestRows) return
  heads.forEach((head, column) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'sort'
    button.append(...head.childNodes)
    head.append(button)
    button.addEventListener('click', () => {
      // Figures are read from the largest down, names from A to Z.
      const first = head.classList.contains('number') ? 'descending' : 'ascending'
      const other = first === 'ascending' ? 'descending' : 'ascending'
      const order = head.ariaSort === first ? other : first
      for (const each of heads) each.ariaSort = null
      head.ariaSort = order
      body.append(...sorted([...body.rows], column, order === 'ascending' ? 1 : -1))
    })
  })
}

function sorted(rows: readonly HTMLTableRowElement[], column: number, direction: 1 | -1): HTMLTableRowElement[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row.cells[column]) }))
  return keyed.sort((one, other) => compared(one.key, other.key, direction)).map(({ row }) => row)
}

/** What is unknown comes last in both orders. */
function compared(one: number | string, other: number | string, direction: 1 | -1): number {
  if (typeof one === 'number' && typeof other === 'number') return direction * (one - other)
  if (typeof one === 'string' && typeof other === 'string') return direction * one.localeCompare(other, 'en')
  return typeof one === 'number' ? -1 : 1
}

const units: Readonly<Record<string, number>> = { s: 1000, min: 60_000, h: 3_600_000, M: 1e6 }

/** A time by its date, a figure by its value and unit (milliseconds, where it is a time), all else as it reads. */
function keyOf(cell: HTMLTableCellElement | undefined): number | string {
  const time = cell?.querySelector('time')?.dateTime
  if (time !== undefined) return Date.parse(time)
  const text = (cell?.textContent ?? '').trim()
  if (cell?.classList.contains('number') !== true) return text
  const [, sign, figure = '', unit = ''] =
    /^[<>~ ]*([−+-]?)\$?([\d,]+(?:\.\d+)?)\s*(min|ms|s|h|M)?(?![a-z])/.exec(text) ?? []
  if (figure === '') return text
  return Number(figure.replaceAll(',', '')) * (units[unit] ?? 1) * (sign === '−' || sign === '-' ? -1 : 1)
}

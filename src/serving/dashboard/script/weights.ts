/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** Sliders rank the models anew while they move; without a script the form does it. */
export function weighAnew(section: Element): void {
  const form = section.querySelector('form')
  const table = section.querySelector('table')
  if (form === null || table === null) return
  const update = () => rank(section, form, table)
  form.addEventListener('input', update)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    update()
  })
}

function rank(section: Element, form: HTMLFormElement, table: HTMLTableElement): void {
  const weights = [...form.querySelectorAll('input')].map((input) => {
    const shown = input.parentElement?.querySelector('output')
    if (shown) shown.textContent = input.value
    return Number(input.value)
  })
  const body = table.tBodies[0]
  if (body === undefined) return
  const rows = [...body.rows].map((row) => ({ row, total: totalOf(row, weights) }))
  rows.sort((one, other) => (other.total ?? -1) - (one.total ?? -1))
  rows.forEach(({ row, total }, index) => {
    const place = row.querySelector('.rank')
    if (place !== null) place.textContent = String(index + 1)
    const last = row.cells[row.cells.length - 1]?.querySelector('span')
    if (last) last.textContent = total === null ? 'unknown' : total.toFixed(1)
    body.append(row)
  })
  const worth = section.querySelector('.worth')
  if (worth !== null) worth.textContent = worthOf(weights, form)
}

/** The second to fourth cell are accuracy, speed and cost. */
function totalOf(row: HTMLTableRowElement, weights: readonly number[]): number | null {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  let total = 0
  for (const [index, weight] of weights.entries()) {
    const value = Number.parseFloat(row.cells[index + 1]?.textContent ?? '')
    if (Number.isNaN(value) && weight > 0) return null
    total += ((Number.isNaN(value) ? 0 : value) * weight) / sum
  }
  return sum === 0 ? null : total
}

/** As the service says it: halving a time is worth 50·ln 2 / ln span points, times the weight, over that of accuracy. */
function worthOf([accuracy = 0, speed = 0, cost = 0]: readonly number[], form: HTMLFormElement): string {
  if (accuracy + speed + cost === 0) return 'Nothing counts: no order follows.'
  const sum = accuracy + speed + cost
  const points = (weight: number, span: string | undefined) => {
    const whole = ((50 * Math.LN2) / Math.log(Number(span))) * (weight / (accuracy > 0 ? accuracy : sum))
    return String(Number(whole.toFixed(1)))
  }
  const unit = accuracy > 0 ? 'accuracy points' : 'points of the total (accuracy does not count)'
  const { spanSpeed, spanCost } = form.dataset
  if (speed === 0 && cost === 0) return 'Only accuracy counts.'
  if (speed === 0) return `Half the cost is worth ${points(cost, spanCost)} ${unit}; speed does not count.`
  const half = `Half the latency is worth ${points(speed, spanSpeed)} ${unit}`
  return cost === 0 ? `${half}; cost does not count.` : `${half}, half the cost ${points(cost, spanCost)}.`
}

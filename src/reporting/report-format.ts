/** The files that a report is written as. */
export const reportFiles = {
  md: 'report.md',
  csv: 'results.csv',
  json: 'results.json',
  html: 'report.html',
} as const

export type ReportFormat = keyof typeof reportFiles
export const reportFormats = Object.keys(reportFiles) as ReportFormat[]

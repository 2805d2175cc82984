import { openDatabase } from '../../../src/database/open-database.ts'

/** Opens a database, says so, and keeps it until it is told to end: `node open-and-wait.ts <home> [<url>]`. */
const [home = '', url] = process.argv.slice(2)
try {
  const database = await openDatabase({ url, home })
  console.log('opened')
  process.stdin.resume()
  process.stdin.once('end', () => void database.close().then(() => console.log('closed')))
} catch (error) {
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : 'failed')
  process.exitCode = 2
}

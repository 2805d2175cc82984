import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { loadConfig } from '../src/config/config.ts'
import type { Database } from '../src/database/database.ts'
import { loadEvaluation } from '../src/database/evaluation-queries.ts'
import { loadOutcomes } from '../src/database/outcome-queries.ts'
import { seedAssignment } from '../src/database/seed-assignments.ts'
import type { Tables } from '../src/database/tables.ts'
import { silentListener } from '../src/workflows/cycle-listener.ts'
import { wholeRequest } from '../src/workflows/cycle-request.ts'
import { decideEvaluation } from '../src/workflows/decide-evaluation.ts'
import { keepSampleResults } from '../src/workflows/keep-sample-results.ts'
import { runCycle } from '../src/workflows/run-cycle.ts'
import { saveDecision } from '../src/workflows/save-decision.ts'
import { syncRegistry } from '../src/workflows/sync-registry.ts'
import type { Workspace } from '../src/workflows/workspace.ts'
import { createFakeClock } from '../test/support/fake-clock.ts'
import { type Workload, writeWorkload } from './workload.ts'

/** A database with an evaluation of 100,000 outcomes, and smaller ones around it. */
export interface FilledPages {
  workspace: Workspace
  /** Of the large one. */
  evaluation: string
  sample: string
  model: string
  dataset: string
}

const workload: Workload = { protocol: 'openai', models: 4, samples: 24, repeats: 3, concurrency: 4 }
/** Of the large one: with four models and three repeats 100,800 calls. */
const samples = 8_400
/** So many looks are allowed, or the large one would have nobody left to compare. */
const smallEvaluations = 12
const version = 'v9'
const weekMs = 7 * 86_400_000

/** Some weeks of a few samples, played, and one of all samples whose answers are those of the small ones again and again. */
export async function fillPages(database: Database, folder: string): Promise<FilledPages> {
  const { db } = database
  const { workspace, clock } = await openWeeks(database, mkdtempSync(join(folder, 'pages-')))
  const request = { ...wholeRequest, tiers: [1], racing: false, dataset: 'v0' }
  let small = ''
  for (let week = 0; week < smallEvaluations; week += 1) {
    const { evaluations } = await runCycle(workspace, request, 'bench', silentListener, new AbortController().signal)
    small = evaluations[0]?.id ?? ''
    await clock.advance(weekMs)
  }
  const evaluation = await enlarge(db, small)
  await decide(workspace, evaluation)
  const { sample_key: sample } = await db
    .selectFrom('sample_results')
    .select('sample_key')
    .where('evaluation_id', '=', evaluation)
    .limit(1)
    .executeTakeFirstOrThrow()
  return { workspace, evaluation, sample, model: 'model-1', dataset: `job-analysis@${version}` }
}

async function openWeeks(database: Database, folder: string) {
  const clock = createFakeClock()
  writeWorkload(folder, workload, 'http://127.0.0.1:9')
  const names = Array.from({ length: workload.models }, (_, index) => `model-${index + 1}`)
  const models = names.map(
    (name, index) =>
      `  - { name: ${name}, provider: simulated, simulated: { errorRate: ${(0.2 - index / 50).toFixed(2)}, latencyMs: ${900 - index * 100} } }`,
  )
  writeFileSync(
    join(folder, 'incumbent.yaml'),
    `baselines: []\nmodels:\n${models.join('\n')}\ntiers:\n  1: { candidates: [${names.join(', ')}], initial: model-1, repeats: ${workload.repeats}, settings: { maxLooks: ${smallEvaluations + 1} }, rollout: { policy: recommend-only } }\n  2: none\n  3: none\nreports: { folder: reports }\n`,
  )
  const config = loadConfig({ cwd: folder, environment: { OLLAMA_HOST: '127.0.0.1:9', INCUMBENT_HOME: folder } })
  const workspace: Workspace = { config, database, clock }
  await syncRegistry(database.db, config, clock.now())
  for (const { id, initial } of config.tiers) await seedAssignment(database.db, id, initial, clock.now())
  return { workspace, clock }
}

/** A copy of an evaluation on a version of the dataset that has each sample, and each answer, many times. */
async function enlarge(db: Kysely<Tables>, small: string): Promise<string> {
  const id = randomUUID()
  const times = samples / workload.samples
  await sql`
    with copied as (
      insert into jobs (id, title, company, location, description, input)
      select gen_random_uuid(), number::text, company, location, description, input
      from jobs cross join generate_series(1, ${times}::int) as number
      where input is not null
      returning id, title
    ), numbered as (
      select id, row_number() over (order by title) as number from copied
    ), wanted as (
      select golden.*, row_number() over (order by copy, sample_key) as number, copy
      from golden_dataset_jobs as golden cross join generate_series(1, ${times}::int) as copy
      where dataset_name = 'job-analysis' and dataset_version = 'v0'
    )
    insert into golden_dataset_jobs (job_id, dataset_name, dataset_version, sample_key, tier1_expected_results,
      job_complexity, test_category, verified_by)
    select numbered.id, dataset_name, ${version}, sample_key || '-' || copy, tier1_expected_results, job_complexity,
      test_category, verified_by
    from wanted join numbered using (number)`.execute(db)
  await sql`
    insert into evaluations select (jsonb_populate_record(null::evaluations, to_jsonb(small) || jsonb_build_object(
      'id', ${id}::text, 'dataset_version', ${version}::text, 'sample_count', ${samples}::int,
      'sample_keys', (select jsonb_agg(sample_key) from golden_dataset_jobs where dataset_version = ${version}),
      'started_at', small.started_at + interval '1 minute', 'finished_at', small.started_at + interval '2 minutes'))).*
    from evaluations as small where id = ${small}`.execute(db)
  await sql`
    insert into model_test_runs select (jsonb_populate_record(null::model_test_runs, to_jsonb(small)
      || jsonb_build_object('id', gen_random_uuid(), 'evaluation_id', ${id}::text))).*
    from model_test_runs as small where evaluation_id = ${small}`.execute(db)
  const columns = sql.raw(
    'status, score, completeness, failure_kind, failure_message, asked_at, latency_ms, waited_ms, attempts, input_tokens, output_tokens, cost_usd, raw_text, answer, answer_form, schema_errors, fields, warnings',
  )
  await sql`
    insert into model_test_outcomes (evaluation_id, model_name, sample_key, repeat, ${columns})
    select ${id}::uuid, model_name, sample_key || '-' || copy, repeat, ${columns}
    from model_test_outcomes cross join generate_series(1, ${times}::int) as copy where evaluation_id = ${small}`.execute(
    db,
  )
  return id
}

async function decide(workspace: Workspace, id: string): Promise<void> {
  const { database } = workspace
  const evaluation = await loadEvaluation(database.db, id)
  if (evaluation === undefined) throw new Error(`The evaluation ${id} is not there.`)
  const outcomes = await loadOutcomes(database.db, id)
  await saveDecision(workspace, evaluation, decideEvaluation(evaluation, outcomes))
  await keepSampleResults(database, evaluation)
}

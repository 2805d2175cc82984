import { type Kysely, sql } from 'kysely'

/**
 * What an evaluation says of each sample, kept when it is decided: of 100,000 outcomes these would be summed up anew for
 * every page that is looked at.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, ...indexes]) await sql.raw(statement).execute(db)
  for (const [table, { is, columns }] of Object.entries(comments)) {
    await sql`COMMENT ON TABLE ${sql.id(table)} IS ${sql.lit(is)}`.execute(db)
    for (const [column, meaning] of Object.entries(columns)) {
      await sql`COMMENT ON COLUMN ${sql.id(table, column)} IS ${sql.lit(meaning)}`.execute(db)
    }
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of reversal) await sql.raw(statement).execute(db)
}

const tables = [
  `CREATE TABLE sample_results (
    evaluation_id uuid NOT NULL REFERENCES evaluations (id) ON DELETE RESTRICT,
    sample_key text NOT NULL,
    models integer NOT NULL CHECK (models >= 1),
    models_right integer NOT NULL CHECK (models_right BETWEEN 0 AND models),
    accuracy double precision NOT NULL,
    PRIMARY KEY (evaluation_id, sample_key)
  )`,
  `CREATE TABLE sample_differences (
    evaluation_id uuid NOT NULL REFERENCES evaluations (id) ON DELETE RESTRICT,
    challenger varchar(100) NOT NULL REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    rank integer NOT NULL CHECK (rank >= 1),
    sample_key text NOT NULL,
    held varchar(100) NOT NULL REFERENCES model_registry (model_name) ON DELETE RESTRICT,
    accuracy double precision NOT NULL,
    total double precision NOT NULL,
    pull double precision NOT NULL,
    PRIMARY KEY (evaluation_id, challenger, rank),
    UNIQUE (evaluation_id, challenger, sample_key)
  )`,
]

const indexes = [
  'CREATE INDEX sample_results_accuracy ON sample_results (evaluation_id, accuracy, sample_key)',
  `CREATE INDEX model_test_outcomes_failed ON model_test_outcomes (evaluation_id, failure_kind, sample_key)
    WHERE status = 'failed'`,
  'CREATE INDEX golden_dataset_jobs_sample ON golden_dataset_jobs (dataset_name, dataset_version, sample_key)',
]

const comments: Record<string, { is: string; columns: Record<string, string> }> = {
  sample_results: {
    is: 'How the language models of an evaluation did on each sample, over all of them. Kept sums of model_test_outcomes.',
    columns: {
      evaluation_id: 'Evaluation.',
      sample_key: 'Sample.',
      models: 'Language models that were asked.',
      models_right: 'Those whose every answer was wholly right.',
      accuracy: 'Mean over the models of their mean score, 0 to 100; failures count 0.',
    },
  },
  sample_differences: {
    is: 'What each sample added to the difference between a challenger and the incumbent, as the verdict took it.',
    columns: {
      evaluation_id: 'Evaluation.',
      challenger: 'Challenger; for a vacant seat the model that took it.',
      rank: '1: the sample that moved the difference most, in either direction.',
      sample_key: 'Sample.',
      held: 'Incumbent; for a vacant seat the model that came next.',
      accuracy: 'Difference of the mean scores in points; positive: the challenger is better.',
      total: 'Difference of the totals in points; positive: the challenger is better.',
      pull: 'What this sample alone adds to the mean difference of the totals, in points.',
    },
  },
}

const reversal = [
  'DROP INDEX golden_dataset_jobs_sample',
  'DROP INDEX model_test_outcomes_failed',
  'DROP TABLE sample_differences',
  'DROP TABLE sample_results',
]

import { type Kysely, sql } from 'kysely'

/** What every table, view and column means, for people who read the database with a client of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, { is, kind = 'TABLE', columns }] of Object.entries(relations)) {
    await sql`COMMENT ON ${sql.raw(kind)} ${sql.id(name)} IS ${sql.lit(is)}`.execute(db)
    for (const [column, meaning] of Object.entries(columns)) {
      await sql`COMMENT ON COLUMN ${sql.id(name, column)} IS ${sql.lit(meaning)}`.execute(db)
    }
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const [name, { kind = 'TABLE', columns }] of Object.entries(relations)) {
    await sql`COMMENT ON ${sql.raw(kind)} ${sql.id(name)} IS NULL`.execute(db)
    for (const column of Object.keys(columns)) {
      await sql`COMMENT ON COLUMN ${sql.id(name, column)} IS NULL`.execute(db)
    }
  }
}

interface Relation {
  is: string
  kind?: 'VIEW'
  columns: Record<string, string>
}

const modelTestRuns = {
  id: 'Identifier of the run.',
  test_name: 'Name of the evaluation that the run belongs to, such as "Weekly Tier 1 Model Comparison".',
  tier_tested: 'Tier whose task was asked: 1, 2, 3 or one that was added.',
  model_name: 'Model that was asked.',
  test_dataset_version: 'Version of the golden dataset, such as v1.',
  jobs_tested: 'Samples of the dataset that were asked, each as often as repeats says.',
  avg_response_time_ms: 'Mean latency in milliseconds of the calls that were answered and scored.',
  p95_response_time_ms: '95th percentile of the latency in milliseconds.',
  p99_response_time_ms: '99th percentile of the latency in milliseconds.',
  avg_tokens_used: 'Input and output tokens of a call, mean over the calls whose provider says them.',
  total_tokens_used: 'Input and output tokens of all calls; NULL when unknown or beyond the type of the column.',
  accuracy_score: 'Mean score, 0 to 100; a failed call counts 0.',
  consistency_score: 'How alike the repeats of a sample are scored, 0 to 100; NULL with one repeat.',
  completeness_score: "Share of the answer's required fields that are present and well-typed, 0 to 100.",
  test_status:
    'running, completed, failed, interrupted (its process is gone) or invalid (says nothing about the model).',
  test_started_at: 'When the run was started.',
  test_completed_at: 'When the run ended; NULL while it has not.',
  results_summary: 'The whole summary as JSON, figures unrounded.',
  created_at: 'When this row was written.',
  evaluation_id: 'Evaluation that the run belongs to.',
  provider: 'Provider that was called, by its name in the configuration.',
  role: 'incumbent, challenger or baseline.',
  repeats: 'How often each sample is asked.',
  jobs_failed: 'Samples of which no repeat was scored.',
  calls_made: 'Calls that have an outcome.',
  calls_failed: 'Calls whose outcome is a failure.',
  p50_response_time_ms: 'Median latency in milliseconds.',
  total_input_tokens: 'Input tokens of all calls; NULL when unknown.',
  total_output_tokens: 'Billed output tokens of all calls, reasoning included; NULL when unknown.',
  cost_usd: 'Cost of all calls in US dollars at list price; NULL when a price is unknown.',
  accuracy_low: 'Lower end of the 95 % confidence interval of accuracy_score.',
  accuracy_high: 'Upper end of the 95 % confidence interval of accuracy_score.',
  speed_score: 'Mean utility of the latency, 0 to 100, against the reference of the tier.',
  cost_score: 'Mean utility of the cost, 0 to 100, against the reference of the tier; NULL when the cost is unknown.',
  total_score: 'Weighted sum of accuracy, speed and cost, 0 to 100.',
}

const modelAssignments = {
  id: 'Identifier of the seat.',
  tier: 'Tier: 1, 2, 3 or one that was added.',
  current_model: 'Model that holds the tier (its incumbent); NULL while the seat is vacant.',
  previous_model: 'Model that held the tier before.',
  assignment_reason: 'Why the model was assigned.',
  assigned_at: 'When the model was assigned.',
  assigned_by: 'system (first default), auto (a verdict or a rollback) or manual: and the name of a person.',
  can_auto_rollback: 'False: a degradation raises an alert instead of bringing the previous model back.',
  rollback_threshold_accuracy: 'Accuracy, 0 to 100, below which the previous model may come back.',
  metadata: 'Evaluation, recommendation and further evidence of the assignment.',
}

const relations: Record<string, Relation> = {
  model_registry: {
    is: 'The models that can be asked.',
    columns: {
      id: 'Identifier of the entry.',
      model_name: 'Our unique name of the model.',
      model_family: 'Family of the model, such as gemini-2.0.',
      tier: 'Price plan: free or paid. Not the class of work that is called tier elsewhere.',
      capabilities: 'The registry\'s words on the model, such as {"reasoning": 8}; 0 to 10, never measured.',
      cost_per_1k_input: 'List price of 1,000 input tokens in US dollars, rounded; exact in model_prices.',
      cost_per_1k_output: 'List price of 1,000 output tokens in US dollars, rounded; exact in model_prices.',
      is_active: 'False: retired, is not asked any more. Models are never deleted.',
      added_at: 'When the model was added.',
      metadata: 'Further facts as JSON; {"source": "configuration"} marks an entry that incumbent.yaml describes.',
      provider: 'Provider that serves the model, by its name in the configuration.',
      provider_kind: 'Protocol of the provider: gemini, ollama, openai, rules or simulated.',
      provider_model_id: 'What the provider calls the model; NULL: the same as model_name.',
      base_url: 'Address of the server, where it is not that of the provider.',
      context_tokens: 'Size of the context window in tokens.',
      deactivated_at: 'When the model was retired.',
      deactivation_reason: 'Why the model was retired.',
    },
  },
  model_test_runs: {
    is: 'Runs: one model over one dataset version for one tier.',
    columns: modelTestRuns,
  },
  test_runs: {
    is: 'Short name of model_test_runs.',
    kind: 'VIEW',
    columns: modelTestRuns,
  },
  model_assignments: {
    is: 'The seats: which model each tier uses now.',
    columns: modelAssignments,
  },
  assignments: {
    is: 'Short name of model_assignments.',
    kind: 'VIEW',
    columns: modelAssignments,
  },
  jobs: {
    is: 'Inputs of the golden datasets, such as job postings.',
    columns: {
      id: 'Identifier, made from dataset, key and content: importing again finds the same row.',
      title: 'Title of the posting, where the input has one.',
      company: 'Company, where the input has one.',
      location: 'Location, where the input has one.',
      description: 'Text of the posting, where the input has one.',
      input: 'The whole input as it is asked.',
      created_at: 'When this row was written.',
    },
  },
  golden_dataset_jobs: {
    is: 'Golden data: samples of each dataset version with the results expected per tier.',
    columns: {
      id: 'Identifier, made from dataset, version and key.',
      job_id: 'Input of the sample.',
      dataset_version: 'Version of the dataset, such as v1.',
      tier1_expected_results: 'What a perfect answer for tier 1 is; NULL: the sample is not labelled for it.',
      tier2_expected_results: 'What a perfect answer for tier 2 is; NULL: the sample is not labelled for it.',
      tier3_expected_results: 'What a perfect answer for tier 3 is; NULL: the sample is not labelled for it.',
      job_complexity: 'simple, moderate or complex.',
      test_category: 'Category of the sample, such as tech_startup or healthcare.',
      notes: 'Notes on the sample.',
      added_at: 'When the sample was imported.',
      verified_by: 'Who stands for the labels, or how they were made.',
      dataset_name: 'Name of the dataset.',
      sample_key: 'Key of the sample within the dataset.',
      further_expected_results: 'Expected results of tiers above 3, by tier: {"4": …}.',
    },
  },
  cycles: {
    is: 'Cycles: the evaluations of one slot, or of one command, with their report.',
    columns: {
      id: 'Identifier of the cycle.',
      status: 'running, completed, failed or interrupted.',
      started_by: 'What started it: a command of a person, or the schedule.',
      started_at: 'When it was started.',
      finished_at: 'When it ended; NULL while it has not.',
      reports: 'Paths of the report files.',
      summary: 'What the report says, as JSON.',
    },
  },
  evaluations: {
    is: 'Evaluations: all runs of one tier made together, on the same samples.',
    columns: {
      id: 'Identifier of the evaluation.',
      cycle_id: 'Cycle that the evaluation belongs to.',
      tier: 'Tier that was evaluated.',
      tier_name: 'Name of the tier at that time.',
      name: 'Name of the evaluation, the test_name of its runs.',
      status:
        'running, completed, failed, interrupted (its process is gone) or invalid (says nothing about the models).',
      task_folder: 'Folder of the task that was asked.',
      dataset_name: 'Name of the golden dataset.',
      dataset_version: 'Version of the golden dataset.',
      dataset_hash: 'SHA-256 over inputs and targets.',
      sample_count: 'Number of samples that are asked.',
      sample_keys: 'Keys of the samples in the order in which they are asked.',
      seed: 'Seed of that order.',
      models: 'The models that are compared, each with provider, role and repeats.',
      skipped: 'Models that should have been compared and were not, why, and what can be done about it.',
      incumbent: 'Model that held the tier when the evaluation was planned.',
      decision: 'The frozen inputs of the decision: weights, references, settings, epoch key.',
      applies: 'False: a trial from which nothing follows (--no-apply, --limit).',
      started_at: 'When it was started.',
      finished_at: 'When it ended; NULL while it has not.',
    },
  },
  model_test_outcomes: {
    is: 'Outcomes: each sample asked once.',
    columns: {
      evaluation_id: 'Evaluation in which the sample was asked.',
      model_name: 'Model that was asked.',
      sample_key: 'Sample that was asked.',
      repeat: 'Which repeat it was, from 0.',
      status: 'scored or failed.',
      score: 'Score of the answer, 0 to 100; NULL for a failure (which counts 0 in every mean).',
      completeness: "Share of the answer's required fields that are present and well-typed, 0 to 100.",
      failure_kind: 'Kind of the failure, such as timeout, rate-limited or malformed.',
      failure_message: 'What the provider or the parser said.',
      asked_at: 'When the sample was asked.',
      latency_ms: 'Milliseconds of the call that was answered; NULL when none was.',
      waited_ms: 'Milliseconds spent on slots, throttles and earlier attempts; not part of the latency.',
      attempts: 'Calls that it took.',
      input_tokens: 'Input tokens; NULL when the provider does not say.',
      output_tokens: 'Billed output tokens, reasoning included; NULL when the provider does not say.',
      reasoning_tokens: 'The part of the output tokens that was reasoning.',
      cached_input_tokens: 'The part of the input tokens that came from a cache.',
      cost_usd: 'Cost of all attempts in US dollars at list price; NULL when a figure is unknown.',
      model_version: 'Exact version that answered, where the provider says.',
      raw_text: 'What the model said, as it came.',
      answer: 'The answer that was read from the text.',
      answer_form: 'How the JSON was found: plain, fenced or surrounded by text.',
      schema_errors: "What the answer's schema has against the answer.",
      fields: 'Score of each field, with its weight.',
      warnings: 'Settings that could not be honoured.',
    },
  },
  recommendations: {
    is: 'Verdicts, each with all that it was made from.',
    columns: {
      id: 'Identifier of the verdict.',
      evaluation_id: 'Evaluation that it judges.',
      tier: 'Tier that it is about.',
      decision: 'The verdict: switch, recommend, keep, inconclusive, insufficient_data, invalid_run and so on.',
      incumbent: 'Model that held the tier.',
      target: 'Model that the verdict is for; NULL when there is none.',
      confidence: 'Probability, 0 to 1; NULL where none can be given.',
      reasoning: 'The reasons, for people.',
      consumed_look: 'True: the verdict counts as one of the looks that a challenger has.',
      input: 'Records and settings that it was decided on: enough to replay it.',
      analysis: 'Metrics and comparisons.',
      recommendation: 'The whole verdict.',
      decided_at: 'When it was decided.',
    },
  },
  assignment_history: {
    is: 'Every assignment that ever was: rows are added, never changed or deleted.',
    columns: {
      id: 'Order of the changes.',
      tier: 'Tier whose seat changed.',
      model: 'Model that got the seat; NULL: it became vacant.',
      previous_model: 'Model that held the seat before.',
      reason: 'Why.',
      assigned_by: 'Who: system, auto, or manual: and a name.',
      assigned_at: 'When, as the assignment says.',
      evaluation_id: 'Evaluation that it rests on.',
      recommendation_id: 'Verdict that it rests on.',
      evidence: 'Further evidence.',
      recorded_at: 'When this row was written.',
    },
  },
  dataset_versions: {
    is: 'Dataset versions that were used: their content cannot change any more.',
    columns: {
      dataset_name: 'Name of the dataset.',
      dataset_version: 'Version of the dataset.',
      task: 'Task whose targets the hash covers.',
      hash: 'SHA-256 over inputs and targets.',
      first_used_at: 'When the version was first used for this task.',
    },
  },
  model_prices: {
    is: 'List prices of the models as they were read over time.',
    columns: {
      id: 'Order of the records; the newest one counts.',
      model_name: 'Model that the price is of.',
      input_usd_per_1k: 'US dollars for 1,000 input tokens; NULL: unknown.',
      output_usd_per_1k: 'US dollars for 1,000 output tokens; NULL: unknown.',
      cached_input_usd_per_1k: 'US dollars for 1,000 input tokens that come from a cache; NULL: unknown.',
      as_of: 'Day on which the price was read.',
      source: 'Where the price was read.',
      recorded_at: 'When this row was written.',
    },
  },
  tier_leaderboard: {
    is: 'The latest completed evaluation of each tier, the best model first, baselines last.',
    kind: 'VIEW',
    columns: {
      tier: 'Tier.',
      tier_name: 'Name of the tier.',
      rank: 'Place by total score; NULL for baselines and for models without a total.',
      model: 'Model.',
      provider: 'Provider that serves the model.',
      role: 'incumbent, challenger or baseline, as it was in that evaluation.',
      holds_seat: 'True: the model holds the tier now.',
      accuracy: 'Mean score, 0 to 100; failures count 0.',
      accuracy_low: 'Lower end of the 95 % confidence interval of the accuracy.',
      accuracy_high: 'Upper end of the 95 % confidence interval of the accuracy.',
      speed: 'Speed score, 0 to 100.',
      cost: 'Cost score, 0 to 100; NULL when the cost is unknown.',
      total: 'Weighted sum of accuracy, speed and cost, 0 to 100.',
      p50_ms: 'Median latency in milliseconds.',
      p95_ms: '95th percentile of the latency in milliseconds.',
      cost_usd: 'Cost of all calls in US dollars at list price; NULL when unknown.',
      cost_usd_per_call: 'Cost of one call in US dollars, failed calls included.',
      calls_made: 'Calls that have an outcome.',
      calls_failed: 'Calls whose outcome is a failure.',
      status: 'Status of the run.',
      decision: 'Verdict on the tier; NULL when none was made.',
      target: 'Model that the verdict is for.',
      confidence: 'Confidence of the verdict, 0 to 1.',
      dataset: 'Dataset and version.',
      sample_count: 'Number of samples.',
      applies: 'False: the evaluation was a trial.',
      evaluation_id: 'The evaluation.',
      evaluated_at: 'When the evaluation ended.',
    },
  },
  schema_migrations: {
    is: 'Which migrations of Incumbent this database has.',
    columns: { name: 'Name of the migration.', timestamp: 'When it was applied.' },
  },
  schema_migrations_lock: {
    is: 'Lets one process migrate at a time.',
    columns: { id: 'Name of the lock.', is_locked: 'Not used on PostgreSQL.' },
  },
}

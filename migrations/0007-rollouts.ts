import { type Kysely, sql } from 'kysely'

/** Rollouts, what live requests showed, pins, API tokens, and the version by which gateways notice a change. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, ...indexes, ...appendOnly, ...routing, ...forPeople]) {
    await sql.raw(statement).execute(db)
  }
  for (const [relation, { is, kind = 'TABLE', columns }] of Object.entries(comments)) {
    await sql`COMMENT ON ${sql.raw(kind)} ${sql.id(relation)} IS ${sql.lit(is)}`.execute(db)
    for (const [column, meaning] of Object.entries(columns)) {
      await sql`COMMENT ON COLUMN ${sql.id(relation, column)} IS ${sql.lit(meaning)}`.execute(db)
    }
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of reversal) await sql.raw(statement).execute(db)
}

const model = 'varchar(100) NOT NULL REFERENCES model_registry (model_name) ON DELETE RESTRICT'

const tables = [
  // Stage and share are read off the state, so that they cannot differ from it.
  `CREATE TABLE rollouts (
    id uuid PRIMARY KEY,
    tier integer NOT NULL CHECK (tier >= 1),
    kind varchar(20) NOT NULL CHECK (kind IN ('challenge', 'ab')),
    incumbent ${model},
    challenger ${model},
    stage varchar(20) GENERATED ALWAYS AS (state ->> 'stage') STORED CHECK (stage IN (
      'proposed', 'shadow', 'partial', 'full', 'paused', 'incident', 'rolled-back', 'rejected', 'superseded', 'finished')),
    share numeric GENERATED ALWAYS AS (CASE WHEN state ->> 'stage' = 'partial' THEN (state ->> 'share')::numeric END) STORED
      CHECK (share > 0 AND share <= 1),
    sentence text NOT NULL,
    since timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    verdict varchar(20) NOT NULL CHECK (verdict IN ('recommend', 'switch', 'ab')),
    evaluation_id uuid REFERENCES evaluations (id) ON DELETE RESTRICT,
    recommendation_id uuid REFERENCES recommendations (id) ON DELETE RESTRICT,
    epoch varchar(64),
    approved_by varchar(100),
    confirmation uuid REFERENCES evaluations (id) ON DELETE RESTRICT,
    counts_epoch integer NOT NULL CHECK (counts_epoch >= 0),
    state jsonb NOT NULL CHECK (state ? 'stage'),
    baseline jsonb,
    settings jsonb NOT NULL,
    CHECK (incumbent <> challenger),
    CHECK (stage <> 'partial' OR share IS NOT NULL)
  )`,
  `CREATE TABLE rollout_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rollout_id uuid NOT NULL REFERENCES rollouts (id) ON DELETE RESTRICT,
    tier integer NOT NULL,
    at timestamptz NOT NULL,
    by varchar(100) NOT NULL,
    event varchar(50) NOT NULL,
    from_stage varchar(20),
    to_stage varchar(20) NOT NULL,
    sentence text NOT NULL,
    reason text,
    evidence jsonb
  )`,
  `CREATE TABLE rollout_tallies (
    rollout_id uuid NOT NULL REFERENCES rollouts (id) ON DELETE RESTRICT,
    counts_epoch integer NOT NULL CHECK (counts_epoch >= 0),
    arm varchar(20) NOT NULL CHECK (arm IN ('incumbent', 'challenger')),
    n bigint NOT NULL CHECK (n >= 0),
    errors bigint NOT NULL CHECK (errors BETWEEN 0 AND n),
    invalid bigint NOT NULL CHECK (invalid BETWEEN 0 AND n),
    slow bigint NOT NULL CHECK (slow BETWEEN 0 AND n),
    compared bigint NOT NULL CHECK (compared BETWEEN 0 AND n),
    disagree bigint NOT NULL CHECK (disagree BETWEEN 0 AND compared),
    PRIMARY KEY (rollout_id, counts_epoch, arm)
  )`,
  `CREATE TABLE rollout_watches (
    rollout_id uuid NOT NULL REFERENCES rollouts (id) ON DELETE RESTRICT,
    counts_epoch integer NOT NULL CHECK (counts_epoch >= 0),
    metric varchar(20) NOT NULL CHECK (metric IN ('error', 'invalid', 'slow')),
    n bigint NOT NULL CHECK (n >= 0),
    events bigint NOT NULL CHECK (events BETWEEN 0 AND n),
    cusum double precision NOT NULL CHECK (cusum >= 0),
    highest double precision NOT NULL CHECK (highest >= 0),
    PRIMARY KEY (rollout_id, counts_epoch, metric)
  )`,
  // No foreign keys: it takes a hundred rows a second, each of which would lock its model.
  `CREATE TABLE live_observations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    request_id varchar(100) NOT NULL,
    tier integer,
    model_name varchar(100) NOT NULL,
    rollout_id uuid,
    counts_epoch integer,
    arm varchar(20) NOT NULL CHECK (arm IN ('incumbent', 'challenger', 'fallback', 'direct')),
    stage varchar(20) NOT NULL CHECK (stage IN ('shadow', 'partial', 'full', 'none')),
    attempt integer NOT NULL CHECK (attempt >= 1),
    outcome varchar(20) NOT NULL CHECK (outcome IN ('answered', 'failed', 'cancelled')),
    failure_kind varchar(50),
    invalid boolean,
    slow boolean,
    disagrees boolean,
    latency_ms real CHECK (latency_ms >= 0),
    first_token_ms real CHECK (first_token_ms >= 0),
    input_tokens integer CHECK (input_tokens >= 0),
    output_tokens integer CHECK (output_tokens >= 0),
    reasoning_tokens integer CHECK (reasoning_tokens >= 0),
    cached_input_tokens integer CHECK (cached_input_tokens >= 0),
    cost_usd numeric CHECK (cost_usd >= 0)
  )`,
  `CREATE TABLE live_minutes (
    minute timestamptz NOT NULL,
    tier integer,
    model_name varchar(100) NOT NULL,
    arm varchar(20) NOT NULL CHECK (arm IN ('incumbent', 'challenger', 'fallback', 'direct')),
    stage varchar(20) NOT NULL CHECK (stage IN ('shadow', 'partial', 'full', 'none')),
    n integer NOT NULL CHECK (n >= 0),
    first_attempts integer NOT NULL CHECK (first_attempts BETWEEN 0 AND n),
    errors integer NOT NULL CHECK (errors BETWEEN 0 AND n),
    cancelled integer NOT NULL CHECK (cancelled BETWEEN 0 AND n),
    invalid integer NOT NULL CHECK (invalid BETWEEN 0 AND n),
    slow integer NOT NULL CHECK (slow BETWEEN 0 AND n),
    input_tokens bigint CHECK (input_tokens >= 0),
    output_tokens bigint CHECK (output_tokens >= 0),
    cost_usd numeric CHECK (cost_usd >= 0),
    of_unknown_cost integer NOT NULL CHECK (of_unknown_cost BETWEEN 0 AND n),
    first_bucket smallint,
    latency_counts integer[],
    UNIQUE NULLS NOT DISTINCT (tier, model_name, minute, arm, stage)
  )`,
  `CREATE TABLE tier_pins (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tier integer NOT NULL CHECK (tier >= 1),
    model_name ${model},
    pinned_by varchar(100) NOT NULL,
    reason text NOT NULL,
    pinned_at timestamptz NOT NULL,
    unpinned_by varchar(100),
    unpin_reason text,
    unpinned_at timestamptz,
    CHECK ((unpinned_by IS NULL) = (unpinned_at IS NULL))
  )`,
  `CREATE TABLE api_tokens (
    id uuid PRIMARY KEY,
    name varchar(100) NOT NULL,
    token_hash varchar(64) NOT NULL UNIQUE,
    created_by varchar(100) NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,
  `CREATE TABLE routing_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version bigint NOT NULL
  )`,
  'INSERT INTO routing_version (version) VALUES (0)',
]

const indexes = [
  `CREATE UNIQUE INDEX rollouts_one_open_per_tier ON rollouts (tier)
    WHERE stage IN ('proposed', 'shadow', 'partial', 'paused', 'incident')`,
  "CREATE UNIQUE INDEX rollouts_one_full_per_tier ON rollouts (tier) WHERE stage = 'full'",
  'CREATE INDEX rollouts_tier_created ON rollouts (tier, created_at DESC)',
  'CREATE INDEX rollout_events_rollout ON rollout_events (rollout_id, id)',
  'CREATE INDEX rollout_events_tier ON rollout_events (tier, id)',
  'CREATE INDEX live_observations_model ON live_observations (tier, model_name, at)',
  'CREATE INDEX live_observations_at ON live_observations (at)',
  'CREATE INDEX live_minutes_minute ON live_minutes (minute)',
  'CREATE UNIQUE INDEX tier_pins_one_per_tier ON tier_pins (tier) WHERE unpinned_at IS NULL',
  'CREATE UNIQUE INDEX api_tokens_name ON api_tokens (name) WHERE revoked_at IS NULL',
]

const appendOnly = [
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
  END $$`,
  `CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON rollout_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
]

/** Deferred to the commit, so that the row that all share is locked last and for a moment only. */
function bumps(table: string, events: string, when = ''): string {
  return `CREATE CONSTRAINT TRIGGER bump_routing_version_${events.replaceAll(' ', '_').toLowerCase()} AFTER ${events} ON ${table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW ${when} EXECUTE FUNCTION bump_routing_version()`
}

const ifChanged = 'WHEN (OLD.* IS DISTINCT FROM NEW.*)'

const routing = [
  `CREATE FUNCTION bump_routing_version() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE routing_version SET version = version + 1;
    RETURN NULL;
  END $$`,
  ...['model_assignments', 'rollouts', 'tier_pins', 'model_registry'].flatMap((table) => [
    bumps(table, 'INSERT'),
    bumps(table, 'UPDATE', ifChanged),
  ]),
]

const forPeople = [
  // As double precision, in which the service compares them.
  `CREATE FUNCTION resolve_model(of_tier integer, request_key text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
      WHEN ('x' || substr(md5(rollout.id::text || ':' || request_key), 1, 8))::bit(32)::bigint::double precision
        / 4294967296 < rollout.share::double precision
      THEN rollout.challenger
      ELSE seat.current_model
    END
    FROM model_assignments AS seat
    LEFT JOIN rollouts AS rollout ON rollout.tier = seat.tier AND rollout.stage = 'partial'
    WHERE seat.tier = of_tier
  $$`,
  "COMMENT ON FUNCTION resolve_model IS 'Model for a request of a tier: the holder of the seat or, in a partial rollout, the challenger for its share of the keys. The same key gets the same model, here and from the gateway.'",
  `CREATE VIEW assignment_log AS
    SELECT assigned_at AS at, tier, assigned_by AS by, 'assigned' AS what, model, previous_model,
      reason AS why, evaluation_id, NULL::uuid AS rollout_id
    FROM assignment_history
    UNION ALL
    SELECT event.at, event.tier, event.by, event.event || ': ' || coalesce(event.from_stage || ' to ', '') || event.to_stage,
      rollout.challenger, rollout.incumbent,
      CASE WHEN position(event.reason in event.sentence) = 0
        THEN event.sentence || ' Reason: ' || event.reason
        ELSE event.sentence
      END,
      rollout.evaluation_id, event.rollout_id
    FROM rollout_events AS event JOIN rollouts AS rollout ON rollout.id = event.rollout_id
    UNION ALL
    SELECT pinned_at, tier, pinned_by, 'pinned', model_name, NULL, reason, NULL, NULL FROM tier_pins
    UNION ALL
    SELECT unpinned_at, tier, unpinned_by, 'unpinned', model_name, NULL, unpin_reason, NULL, NULL
    FROM tier_pins WHERE unpinned_at IS NOT NULL`,
]

interface Relation {
  is: string
  kind?: 'VIEW'
  columns: Record<string, string>
}

const counted = {
  n: 'Requests.',
  errors: 'Requests that failed.',
  invalid: 'Answers that break the schema of their request; only requests with a schema have one to break.',
  slow: 'Requests above the limit for slow; a failed one counts as slow.',
}

const comments: Record<string, Relation> = {
  rollouts: {
    is: 'Rollouts: the way of a challenger to the seat of a tier, and A/B tests. A tier has one open at most, and beside it the one that brought its holder (full).',
    columns: {
      id: 'Identifier; a part of what decides which requests the challenger gets.',
      tier: 'Tier.',
      kind: 'challenge (may take the seat) or ab (never does).',
      incumbent: 'Model that held the seat when it was opened.',
      challenger: 'Model that is tried.',
      stage:
        'proposed, shadow, partial, full, paused, incident, or ended: rolled-back, rejected, superseded, finished.',
      share: 'Share of the requests that the challenger answers, 0 to 1; NULL outside of partial.',
      sentence: 'The state in a sentence.',
      since: 'When the stage began.',
      created_at: 'When the rollout was opened.',
      verdict: 'Strongest verdict of the epoch: recommend (shadow only), switch, or ab.',
      evaluation_id: 'Newest evaluation that named the challenger.',
      recommendation_id: 'Its verdict.',
      epoch: 'Epoch of the verdict: only a switch of the same one lets it go on to partial.',
      approved_by: 'Person who let the challenger serve users, where one was asked.',
      confirmation: 'Evaluation that asked again and confirmed the switch, where there was no live traffic.',
      counts_epoch: 'Number of the counting that decides now; grows when the counts start from 0.',
      state: 'The whole state as JSON.',
      baseline: "The incumbent's requests before, as JSON; NULL until enough are known.",
      settings: 'Settings of the tier when it was opened.',
    },
  },
  rollout_events: {
    is: 'Every change of a rollout; rows are added and never changed.',
    columns: {
      id: 'Number of the event.',
      rollout_id: 'Rollout.',
      tier: 'Tier.',
      at: 'When it happened.',
      by: 'auto, or manual: and the name of a person.',
      event: 'What happened, such as opened, step, approve, pause.',
      from_stage: 'Stage before; NULL for the first event.',
      to_stage: 'Stage after.',
      sentence: 'What happened in a sentence.',
      reason: 'What a person gave as the reason.',
      evidence: 'What it was decided on: counts, e-values, verdict.',
    },
  },
  rollout_tallies: {
    is: 'What a stage of a rollout has counted, per arm: what its guards decide on.',
    columns: {
      rollout_id: 'Rollout.',
      counts_epoch: 'Number of the counting.',
      arm: 'incumbent or challenger.',
      ...counted,
      compared: 'Answers that could be compared with the other arm (shadow, structured answers only).',
      disagree: 'Of these, answers that differ.',
    },
  },
  rollout_watches: {
    is: 'The CUSUMs that watch a model after it took the seat.',
    columns: {
      rollout_id: 'Rollout that brought the model.',
      counts_epoch: 'Number of the counting.',
      metric: 'error, invalid or slow.',
      n: 'Requests.',
      events: 'Bad ones among them.',
      cusum: 'Sum now; 9.21 is an alarm.',
      highest: 'Highest sum so far.',
    },
  },
  live_observations: {
    is: 'Attempts at live requests, kept for 7 days. Neither prompts nor answers are in it.',
    columns: {
      id: 'Number of the row.',
      at: 'When the attempt was begun.',
      request_id: 'Request; several attempts and a copy for the shadow share it.',
      tier: 'Tier that was asked; NULL for a model that was asked by its name.',
      model_name: 'Model that was asked.',
      rollout_id: 'Rollout that it counts for.',
      counts_epoch: 'Counting of that rollout when the request was routed.',
      arm: 'incumbent, challenger, fallback (after another failed) or direct (asked by its name).',
      stage: 'Stage of the rollout: shadow, partial, full or none.',
      attempt: 'Number of the attempt at the request, from 1.',
      outcome: 'answered, failed or cancelled (by the client).',
      failure_kind: 'Kind of the failure, such as timeout.',
      invalid: 'Whether the answer breaks the schema of the request; NULL without a schema.',
      slow: 'Whether it was above the limit that counted then; NULL without one.',
      disagrees: 'Whether the copy of the shadow differs; NULL where it cannot be told.',
      latency_ms: 'Milliseconds to the complete answer, the failure or the cancellation.',
      first_token_ms: 'Milliseconds to the first token, when streaming.',
      input_tokens: 'Input tokens; NULL when unknown.',
      output_tokens: 'Billed output tokens, reasoning included; NULL when unknown.',
      reasoning_tokens: 'Of these, reasoning.',
      cached_input_tokens: 'Of the input tokens, those from a cache.',
      cost_usd: 'Cost in US dollars; NULL when unknown.',
    },
  },
  live_minutes: {
    is: 'Live requests per minute, kept for a year.',
    columns: {
      minute: 'Beginning of the minute.',
      tier: 'Tier; NULL for a model that was asked by its name.',
      model_name: 'Model that was asked.',
      arm: 'incumbent, challenger, fallback or direct.',
      stage: 'Stage of the rollout: shadow, partial, full or none.',
      ...counted,
      n: 'Attempts.',
      first_attempts: 'First attempts: requests, other than in the shadow.',
      cancelled: 'Attempts that the client cancelled.',
      input_tokens: 'Input tokens; NULL when unknown for all.',
      output_tokens: 'Billed output tokens; NULL when unknown for all.',
      cost_usd: 'Cost of the attempts with a known cost; NULL without one.',
      of_unknown_cost: 'Attempts of unknown cost.',
      first_bucket: 'Number of the first latency bucket that is counted; NULL without an answer.',
      latency_counts: 'Answers per latency bucket from first_bucket on. Bucket k ends at 2^(k/8) milliseconds.',
    },
  },
  tier_pins: {
    is: 'Seats that a person has pinned: nothing moves there by itself. Rows stay when a pin is taken away.',
    columns: {
      id: 'Number of the pin.',
      tier: 'Tier.',
      model_name: 'Model that holds the seat as long.',
      pinned_by: 'Who pinned it.',
      reason: 'Why.',
      pinned_at: 'When.',
      unpinned_by: 'Who took the pin away; NULL while it holds.',
      unpin_reason: 'Why.',
      unpinned_at: 'When; NULL while it holds.',
    },
  },
  api_tokens: {
    is: 'Tokens with which applications may ask the gateway. Only their hashes are kept.',
    columns: {
      id: 'Identifier.',
      name: 'What people call the token.',
      token_hash: 'SHA-256 of the token, as 64 hex digits.',
      created_by: 'Who made it.',
      created_at: 'When.',
      last_used_at: 'When it was last used, to about a minute; NULL: never.',
      revoked_at: 'When it was revoked; NULL while it holds.',
    },
  },
  routing_version: {
    is: 'One row whose version grows with every change of a seat, a rollout, a pin or a model.',
    columns: { only_row: 'True.', version: 'Number of the version.' },
  },
  assignment_log: {
    is: 'Who changed what, when and why: assignments, rollouts and pins together.',
    kind: 'VIEW',
    columns: {
      at: 'When.',
      tier: 'Tier.',
      by: 'auto, system, or manual: and the name of a person.',
      what: 'assigned, pinned, unpinned, or the event of a rollout with its stages.',
      model: 'Model that got the seat, is tried or is pinned.',
      previous_model: 'Model that had the seat before, or has it.',
      why: 'The reason in words.',
      evaluation_id: 'Evaluation that it rests on.',
      rollout_id: 'Rollout that it belongs to.',
    },
  },
}

const reversal = [
  'DROP VIEW assignment_log',
  'DROP FUNCTION resolve_model',
  ...['model_assignments', 'model_registry'].flatMap((table) => [
    `DROP TRIGGER bump_routing_version_insert ON ${table}`,
    `DROP TRIGGER bump_routing_version_update ON ${table}`,
  ]),
  ...['routing_version', 'api_tokens', 'tier_pins', 'live_minutes', 'live_observations', 'rollout_watches'].map(
    (table) => `DROP TABLE ${table}`,
  ),
  ...['rollout_tallies', 'rollout_events', 'rollouts'].map((table) => `DROP TABLE ${table}`),
  'DROP FUNCTION bump_routing_version',
  'DROP FUNCTION refuse_change',
]

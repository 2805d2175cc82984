import { type Kysely, sql } from 'kysely'

/**
 * Whoever changes a seat with SQL of his own may forget who held it before; a rollback goes back to whom the history names.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of previousModel) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of without) await sql.raw(statement).execute(db)
}

const previousModel = [
  `CREATE FUNCTION keep_previous_model() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.previous_model := OLD.current_model;
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER keep_previous_model BEFORE UPDATE ON model_assignments
    FOR EACH ROW WHEN (
      NEW.current_model IS DISTINCT FROM OLD.current_model
      AND NEW.previous_model IS NOT DISTINCT FROM OLD.previous_model
    ) EXECUTE FUNCTION keep_previous_model()`,
]

const without = ['DROP TRIGGER keep_previous_model ON model_assignments', 'DROP FUNCTION keep_previous_model']

/** Which column of a user's file becomes what, and why the others become nothing. */
export interface ColumnPlan {
  key: string | undefined
  category: string | undefined
  complexity: string | undefined
  cluster: string | undefined
  notes: string | undefined
  verifiedBy: string | undefined
  inputs: InputColumn[]
  targets: TargetColumn[]
  leftOut: { column: string; reason: string }[]
}

export interface InputColumn {
  column: string
  /** Key of the input; undefined when the column holds the whole input. */
  name: string | undefined
}

export interface TargetColumn {
  column: string
  /** Path in the target; undefined when the column holds the whole target. */
  path: string | undefined
  /** Folder of the task: `tier1`. */
  tier: string
}

/** What a person says about the columns; the rest is guessed from their names. */
export interface ColumnChoices {
  key?: string | undefined
  category?: string | undefined
  complexity?: string | undefined
  cluster?: string | undefined
  notes?: string | undefined
  verifiedBy?: string | undefined
  /** All input columns, and the key of the input that each becomes. */
  inputs?: ReadonlyMap<string, string> | undefined
  /** Column → path in the target. */
  targets?: ReadonlyMap<string, string> | undefined
  /** Task of targets whose column names no tier. */
  targetTier: string
}

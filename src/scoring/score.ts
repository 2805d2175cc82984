/** How one field of an answer compares with the target. */
export interface FieldScore {
  path: string
  scorer: string
  weight: number
  /** 0 to 1; null when the field is absent on both sides and left out. */
  score: number | null
}

/** The score of one answer. */
export interface AnswerScore {
  /** 0 to 100: weighted mean of the fields that count. */
  accuracy: number
  /** 0 to 100: share of the schema's required fields that are present and well-typed. */
  completeness: number
  fields: FieldScore[]
}

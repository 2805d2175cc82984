/** Why no answers are shown of an old evaluation. @param day on which they were deleted */
export function deletedAnswersWords(day: string): string {
  return `What the models said was deleted on ${day}, as it had become too old (retention.answersDays); its scores stay.`
}

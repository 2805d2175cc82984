/** A sentence in parts: those that can be pasted into a terminal, and those between. Backticks around a command go. */
export function commandParts(sentence: string): { text: string; isCommand: boolean }[] {
  const parts = sentence.split(/`?(npx incumbent (?:[^,;()`.]|\.(?!\s|$))*(?<!\s))`?/)
  return parts.map((text, index) => ({ text, isCommand: index % 2 === 1 })).filter(({ text }) => text !== '')
}

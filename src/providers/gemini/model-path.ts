/** Where a model is: tuned models have a folder of their own. */
export function modelPath(modelId: string): string {
  return modelId.includes('/') ? modelId : `models/${modelId}`
}

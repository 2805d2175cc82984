export const bundleFolder: string
export const bundleRecord: string
export function isBundleFresh(folder?: string): boolean
export function sourcesNow(): string

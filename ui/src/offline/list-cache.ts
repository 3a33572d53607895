/** Where the worker of the portal at this base keeps the open lists. */
export const listCacheOf = (base: string): string => `linli-lists${base}`

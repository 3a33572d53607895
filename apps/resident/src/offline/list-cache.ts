/** Where the worker keeps the open lists. */
export const listCache = 'linli-lists'

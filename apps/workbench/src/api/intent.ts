/** One act of a person: however often it is sent, it happens once. */
export interface Intent {
  requestId: string
  body: string
}

/**
 * The same act keeps its requestId (a double click, a retry after a cut line); changed content is another act and gets a new one,
 * because the server refuses an id that comes back with another body.
 */
export function nextIntent(previous: Intent | undefined, content: unknown, newId: () => string): Intent {
  const body = JSON.stringify(content)
  return previous?.body === body ? previous : { requestId: newId(), body }
}

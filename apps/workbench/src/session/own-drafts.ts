const key = 'linli.account'

/** What was typed stays with whoever typed it: at a shared desk the next account of this tab does not find it. */
export function keepOwnDrafts(accountId: string): void {
  try {
    if ((sessionStorage.getItem(key) ?? accountId) !== accountId) sessionStorage.clear()
    sessionStorage.setItem(key, accountId)
  } catch {
    // A browser that keeps nothing has no drafts of anybody.
  }
}

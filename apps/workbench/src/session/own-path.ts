/** Only an address of this portal is followed after signing in; anything else leads home. */
export function ownPath(to: string | undefined): string {
  return to?.startsWith('/workbench/') && !to.includes('//') && !to.includes('\\') && !to.includes('/sign-in') ? to : '/workbench/'
}

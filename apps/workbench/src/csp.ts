/** Set by the server for every answer; styles without it are refused by the page's content security policy. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content

/**
 * Gives the nonce to every style element made from now on. antd passes it on for its own styles, but the parts below it
 * (scroll lock of dialogs, motion) make a few without; refused, they would leave an error in the console each time.
 */
export function stampStyles(): void {
  if (!nonce) return
  const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }) as typeof document.createElement
}

import type { BrowserContext, Page, Response } from 'playwright-core'

/** What a page may be refused in a journey, by status: a journey says so before it happens. */
export interface Watch {
  complaints: string[]
  allow(...statuses: number[]): void
  /** While the line is cut, requests fail and the browser says so. */
  cut: boolean
}

/** Keeps an eye on all pages of a browser context: script errors, refused or failed requests and anything the content security policy stopped. */
export async function watchContext(context: BrowserContext, name: string): Promise<Watch> {
  const allowed = new Set<number>()
  const watch: Watch = {
    complaints: [],
    allow: (...statuses) => {
      for (const status of statuses) allowed.add(status)
    },
    cut: false,
  }
  const complain = (what: string): void => void watch.complaints.push(`${name}: ${what}`)
  await context.exposeBinding('journeyViolation', (_, violation: string) => complain(`content security policy: ${violation}`))
  await context.addInitScript(() => {
    const report = (globalThis as unknown as { journeyViolation(violation: string): void }).journeyViolation
    document.addEventListener('securitypolicyviolation', (event) =>
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    )
  })
  context.on('page', (page) => watchPage(page, watch, allowed, complain))
  return watch
}

function watchPage(page: Page, watch: Watch, allowed: ReadonlySet<number>, complain: (what: string) => void): void {
  page.on('pageerror', (error) => complain(`script error: ${error.stack ?? error.message}`))
  page.on('crash', () => complain('the page crashed'))
  page.on('console', (message) => {
    // Refused and failed requests are judged below, where their status is known.
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) complain(`console: ${message.text()}`)
    if (message.type() === 'warning' && /^Warning: |React|validateDOMNesting/.test(message.text())) complain(`console: ${message.text()}`)
  })
  page.on('response', (response) => {
    const status = response.status()
    if (status >= 500 ? !watch.cut : status >= 400 && !allowed.has(status) && !isOrdinary(response))
      complain(`${status} ${response.request().method()} ${response.url()}`)
  })
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // A page that is left takes back what it asked for.
    if (!watch.cut && reason !== 'net::ERR_ABORTED') complain(`${reason} ${request.method()} ${request.url()}`)
  })
}

/** Being asked who one is before signing in, and asking for a voice that no adapter offers, are questions and not failures. */
function isOrdinary(response: Response): boolean {
  const { pathname } = new URL(response.url())
  return (response.status() === 401 && pathname === '/api/v1/me') || (response.status() === 404 && pathname === '/api/v1/public/speech')
}

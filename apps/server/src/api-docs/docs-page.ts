import { refusalStatuses } from '@linli/base/server'
import type { ApiDocument, JsonSchema, Operation } from './describe-api.ts'
import { docsScript, docsStyle } from './docs-style.ts'
import { type DocsLanguage, docsWords } from './docs-words.ts'
import { errorWords } from './error-words.ts'
import { exampleOf } from './example-of.ts'
import { fieldsOf, typeOf } from './fields-of.ts'
import { groups } from './groups.ts'

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
const code = (text: string): string => `<code>${escapeHtml(text)}</code>`
const json = (value: unknown): string => escapeHtml(JSON.stringify(value, null, 2))

interface Shown {
  method: string
  path: string
  operation: Operation
}

/** The reference of every operation, from the document alone: no script is needed to read it, and nothing is fetched from elsewhere. */
export function docsPage(document: ApiDocument, language: DocsLanguage, nonce: string): string {
  const t = docsWords[language]
  const all = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Shown => ({ method: method.toUpperCase(), path, operation })),
  )
  const parts = groups
    .map((group) => ({ group, items: all.filter(({ operation }) => operation.tags?.includes(group.key)) }))
    .filter(({ items }) => items.length > 0)
  const toc = parts
    .map(({ group, items }) => `<li><a href="#${group.key}">${escapeHtml(group[language])} (${items.length})</a></li>`)
    .join('')
  const body = parts
    .map(
      ({ group, items }) =>
        `<section class="group" aria-labelledby="${group.key}"><h2 id="${group.key}">${escapeHtml(group[language])}</h2>${items.map((one) => operationPart(one, language)).join('')}</section>`,
    )
    .join('')
  const notes = t.notes.map(([name, words]) => `<dt>${name}</dt><dd>${words}</dd>`).join('')
  return frame({
    language,
    nonce,
    title: t.title,
    here: '/docs',
    script: docsScript,
    content: `<nav class="toc" aria-label="${t.contents}"><ul><li><a href="#basics">${t.basics}</a></li>${toc}<li><a href="/docs/errors?lang=${language}">${t.errorsTitle}</a></li></ul></nav>
<main id="main"><h1>${t.title} ${escapeHtml(document.info.version)}</h1><p class="lead">${t.lead} <a href="/openapi.json">OpenAPI 3.1</a>.</p>
<h2 id="basics">${t.basics}</h2><dl class="notes">${notes}</dl>
<div class="find"><label for="find">${t.search}</label><input id="find" type="search" placeholder="${t.searchHint}" autocomplete="off"><p id="found" role="status" data-none="${t.none}" data-found="${t.found}"></p></div>
${body}</main>`,
  })
}

function operationPart({ method, path, operation }: Shown, language: DocsLanguage): string {
  const t = docsWords[language]
  const english = operation['x-summary-en'] ?? operation.summary ?? ''
  const summary = language === 'en' ? english : (operation.summary ?? english)
  const permission = operation['x-permission']
  const errors = operation['x-errors'] ?? []
  const who =
    permission === 'public'
      ? t.anyone
      : permission === 'signed-in'
        ? t.signedIn
        : permission === 'resident'
          ? t.resident
          : permission
            ? code(permission)
            : ''
  const rate = operation['x-rate-per-minute']
  const body = operation.requestBody?.content?.['application/json']?.schema
  const words = [method, path, operation.summary, english, permission, ...errors].join(' ').toLowerCase()
  return `<details id="${operation.operationId}" data-words="${escapeHtml(words)}"><summary><span class="m ${method}">${method}</span><h3 class="path">${code(path)}</h3><span class="sum">${escapeHtml(summary)}</span></summary>
<div class="in"><p class="facts">${who ? `<span>${t.permission}: ${who}</span>` : ''}${rate ? `<span>${t.rate} ${rate} ${t.times}</span>` : ''}</p>${operation['x-idempotent'] ? `<p>${t.idempotent}</p>` : ''}
${parametersPart(operation, language)}${body ? `<h4>${t.body}</h4>${schemaPart(body, language)}<pre tabindex="0">${json(exampleOf(body))}</pre>` : ''}
${answerPart(operation, language)}${errors.length > 0 ? `<h4>${t.errors}</h4>${errorsTable(errors, language)}` : ''}
<h4>${t.tryIt}</h4><pre tabindex="0">${escapeHtml(curlOf({ method, path, operation }))}</pre></div></details>`
}

function parametersPart({ parameters = [] }: Operation, language: DocsLanguage): string {
  if (parameters.length === 0) return ''
  const t = docsWords[language]
  const rows = parameters.map(({ name, in: where, required, schema }) => {
    const [field] = fieldsOf({ type: 'object', properties: { [name]: schema ?? {} }, required: required ? [name] : [] })
    const place = where === 'path' ? t.where.path : t.where.query
    return row([code(name), code(typeOf(schema ?? {})), rulesText([place, ...(required ? [t.required] : [])], field?.rules ?? [])])
  })
  return `<h4>${t.params}</h4>${table([t.field, t.type, t.rules], rows)}`
}

function schemaPart(schema: JsonSchema, language: DocsLanguage): string {
  const t = docsWords[language]
  const rows = fieldsOf(schema).map(({ path, type, isRequired, rules }) =>
    row([code(path), code(type), rulesText(isRequired ? [t.required] : [], rules)]),
  )
  return rows.length > 0 ? table([t.field, t.type, t.rules], rows) : ''
}

function answerPart({ responses = {} }: Operation, language: DocsLanguage): string {
  const t = docsWords[language]
  const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  const [, first] = successes[0] ?? []
  const schema = first?.content?.['application/json']?.schema
  const fields = schema ? schemaPart(schema, language) : ''
  const shown = schema && fields ? `${fields}<pre tabindex="0">${json(exampleOf(schema))}</pre>` : `<p>${schema ? t.file : t.noContent}</p>`
  return `<h4>${t.answer} ${successes.map(([status]) => status).join(', ')}</h4>${shown}`
}

function errorsTable(codes: readonly string[], language: DocsLanguage): string {
  const t = docsWords[language]
  const rows = codes.map((one) =>
    row([
      `<a href="/docs/errors?lang=${language}#${one}">${code(one)}</a>`,
      String(refusalStatuses.get(one) ?? 500),
      escapeHtml(errorWords[one]?.[language] ?? ''),
    ]),
  )
  return `<div class="errors">${table([t.errors, 'HTTP', t.meaning], rows)}</div>`
}

/** A line for a shell that has `$URL` and, where somebody has to be signed in, `$TOKEN`. */
export function curlOf({ method, path, operation }: Shown): string {
  const given = new Map((operation.parameters ?? []).map((one) => [one.name, one.schema]))
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => String(exampleOf(given.get(name), name)))
  const query = (operation.parameters ?? [])
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(exampleOf(schema, name)))}`)
  const body = operation.requestBody?.content?.['application/json']?.schema
  return [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$URL${url}${query.length > 0 ? `?${query.join('&')}` : ''}"`,
    ...(operation['x-permission'] === 'public' ? [] : [`-H "authorization: Bearer $TOKEN"`]),
    ...(body ? [`-H 'content-type: application/json'`, `-d '${JSON.stringify(exampleOf(body)).replaceAll("'", `'\\''`)}'`] : []),
  ].join(' \\\n  ')
}

/** By name, as somebody looks for one. */
const byCode = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)

/** Every code with its meaning and who answers it: where the `type` of a problem leads. */
export function errorsPage(document: ApiDocument, language: DocsLanguage, nonce: string): string {
  const t = docsWords[language]
  const users = new Map<string, Operation[]>()
  for (const methods of Object.values(document.paths ?? {}))
    for (const operation of Object.values(methods))
      for (const one of operation['x-errors'] ?? []) users.set(one, [...(users.get(one) ?? []), operation])
  const rows = Object.entries(errorWords)
    .sort(byCode)
    .map(([one, words]) => {
      const by = users.get(one) ?? []
      const links =
        by.length > 8
          ? String(by.length)
          : by.map(({ operationId }) => `<a href="/docs?lang=${language}#${operationId}">${operationId}</a>`).join(' ')
      return `<tr id="${one}">${[code(one), String(refusalStatuses.get(one) ?? 500), escapeHtml(words[language]), links].map((cell) => `<td>${cell}</td>`).join('')}</tr>`
    })
  return frame({
    language,
    nonce,
    title: t.errorsTitle,
    here: '/docs/errors',
    content: `<nav class="toc" aria-label="${t.contents}"><ul><li><a href="/docs?lang=${language}">${t.back}</a></li></ul></nav><main id="main"><h1>${t.errorsTitle}</h1>
<div class="errors">${table([t.errors, 'HTTP', t.meaning, t.codes], rows)}</div></main>`,
  })
}

interface Frame {
  language: DocsLanguage
  nonce: string
  title: string
  here: string
  content: string
  script?: string
}

function frame({ language, nonce, title, here, content, script }: Frame): string {
  const t = docsWords[language]
  const other = language === 'zh' ? 'en' : 'zh'
  return `<!doctype html>
<html lang="${t.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="data:,">
<style nonce="${nonce}">${docsStyle}</style></head><body><a class="skip" href="#main">${title}</a>
<header class="top"><b>邻里 Linli</b><a href="/?lang=${language}">${t.home}</a><a href="${here}?lang=${other}" lang="${docsWords[other].lang}">${t.other}</a></header>
<div class="page">${content}</div>${script ? `<script nonce="${nonce}">${script}</script>` : ''}</body></html>`
}

const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
const table = (heads: readonly string[], rows: readonly string[]): string =>
  `<div class="wide" tabindex="0" role="group" aria-label="${heads[0]}"><table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
const rulesText = (said: readonly string[], rules: readonly string[]): string => [...said.map(escapeHtml), ...rules.map(code)].join('; ')

/**
 * What a parameter may hold. None of them can carry a person: a `label` is the name of an organization or a place, and a run of
 * digits as long as a phone number is refused; a `term` is the key of a definition's word (`clock.accept`), said in the reader's language;
 * an `account` is the id of somebody on duty, whose name is looked up when the message is read; a `record` is the id of what the message is
 * about, to be opened by the name of the parameter and never said.
 */
export type ParamKind = 'caseNumber' | 'count' | 'instant' | 'label' | 'term' | 'account' | 'record'

/** A message as data, `{name}` standing for a parameter. The reader's language decides the text when it is read, not when it is told. */
export interface MessageTemplate {
  /** `engine.thing` or `scene.thing`, kebab-case. */
  readonly key: string
  readonly params: Readonly<Record<string, ParamKind>>
  readonly zh: string
  readonly en: string
  /** Somebody else says when it also goes out by phone (an alarm by its ladder): no fallback of its own. */
  readonly isLaddered?: true
}

export type MessageParams = Readonly<Record<string, string | number>>

/** Checks that both languages use exactly the declared parameters. */
export function defineTemplate<const T extends MessageTemplate>(template: T): T {
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(template.key)) throw new Error(`${template.key} is no key like cases.assigned`)
  const declared = Object.keys(template.params)
    .filter((name) => template.params[name] !== 'record')
    .sort()
    .join()
  for (const lang of ['zh', 'en'] as const) {
    const used = [...new Set(Array.from(template[lang].matchAll(placeholder), (match) => match[1]!))].sort().join()
    if (used !== declared) throw new Error(`${template.key}: the ${lang} text uses {${used}}, declared is {${declared}}`)
  }
  return template
}

const placeholder = /\{(\w+)\}/g

const isId = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)

const fits: Record<ParamKind, (value: unknown) => boolean> = {
  caseNumber: (value) => typeof value === 'string' && /^[A-Za-z0-9-]{4,40}$/.test(value),
  count: (value) => Number.isSafeInteger(value),
  instant: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  account: isId,
  record: isId,
  term: (value) => typeof value === 'string' && /^[a-z]+(?:\.[A-Za-z0-9-]+)+$/.test(value),
  label: (value) => typeof value === 'string' && value.length <= 60 && !/\d{7}|[\n\r]/.test(value),
}

/** Throws for parameters that are missing, undeclared or of another kind: a mistake of the caller's code. */
export function checkParams(template: MessageTemplate, params: MessageParams): void {
  for (const [name, kind] of Object.entries(template.params)) {
    if (!fits[kind](params[name])) throw new Error(`message ${template.key}: parameter ${name} is no ${kind}`)
  }
  for (const name of Object.keys(params))
    if (!(name in template.params)) throw new Error(`message ${template.key} has no parameter ${name}`)
}

export type Language = 'zh' | 'en'

/** Words of the definitions in one language, by key. */
export type Terms = Readonly<Record<string, string>>

/** The text in one language; a parameter that an older version of the template did not have is left out. */
export function renderMessage(template: MessageTemplate, params: MessageParams, lang: Language, terms: Terms = {}): string {
  return template[lang].replace(placeholder, (_, name: string) => {
    const value = params[name]
    if (value === undefined) return ''
    if (template.params[name] === 'term') return terms[String(value)] ?? String(value)
    return template.params[name] === 'instant' ? instants[lang].format(new Date(value)) : String(value)
  })
}

const instant = { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', day: 'numeric' } as const
const instants = {
  zh: new Intl.DateTimeFormat('zh-CN', { ...instant, month: 'long' }),
  en: new Intl.DateTimeFormat('en-GB', { ...instant, month: 'short' }),
}

/** All templates by key; two with one key are a mistake. */
export type Templates = ReadonlyMap<string, MessageTemplate>

export function collectTemplates(...lists: readonly (readonly MessageTemplate[])[]): Templates {
  const templates = new Map<string, MessageTemplate>()
  for (const template of lists.flat()) {
    if (templates.has(template.key)) throw new Error(`two message templates have the key ${template.key}`)
    templates.set(template.key, template)
  }
  return templates
}

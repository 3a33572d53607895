import { localToIso } from '@linli/ui/desk'

export const channels = ['counter', 'phone', 'visit', 'grid'] as const
export const relations = ['child', 'spouse', 'parent', 'relative', 'neighbor', 'carer', 'guardian', 'other'] as const

/** What staff take down for someone at the counter, on the phone or at the door: five lines, whatever the kind of work. */
export interface Intake {
  kind: 'appeal' | 'event' | 'callOut'
  channel: (typeof channels)[number]
  detail: string
  category: string
  appealType: string
  /** Of an event and a call-out. */
  level: string
  /** As typed in a date-time control; empty where nobody knows. */
  occurredAt: string
  communityCode: string
  cellCode: string
  place: string
  name: string
  phone: string
  /** Somebody else came for the person (代办). */
  isOnBehalf: boolean
  agentName: string
  relation: string
  attachments: readonly string[]
  /** A known matter that somebody else reports now. */
  sameAs?: { caseId: string; number: string } | undefined
}

export const emptyIntake: Intake = {
  kind: 'appeal',
  channel: 'counter',
  detail: '',
  category: '',
  appealType: '',
  level: '',
  occurredAt: '',
  communityCode: '',
  cellCode: '',
  place: '',
  name: '',
  phone: '',
  isOnBehalf: false,
  agentName: '',
  relation: '',
  attachments: [],
}

/** The way by which a kind of work comes in; a call-out is asked for by staff, never by a caller. */
export const channelsOf = (kind: Intake['kind']): readonly Intake['channel'][] =>
  kind === 'callOut' ? ['grid'] : kind === 'event' ? channels : ['counter', 'phone', 'visit']

/** Another matter for the same person: who, where and the words stay; what belongs to the kind of work goes. */
export function withMatter(intake: Intake, { kind, category }: Pick<Intake, 'kind' | 'category'>): Partial<Intake> {
  const allowed = channelsOf(kind)
  const channel = allowed.includes(intake.channel) ? intake.channel : allowed[0]
  return { kind, category, ...(channel && { channel }), ...(kind === intake.kind ? {} : { appealType: '', level: '', occurredAt: '' }) }
}

const phone = /^(?:1\d{10}|0\d{2,3}-?\d{7,8})$/

/** What is missing or wrong, by line; keys of words. */
export function checkIntake(intake: Intake): Partial<Record<keyof Intake, string>> {
  const wrong: Partial<Record<keyof Intake, string>> = {}
  const hasPerson = intake.kind !== 'callOut'
  if (hasPerson && intake.phone.trim() && !phone.test(plainPhone(intake.phone))) wrong.phone = 'intake.badPhone'
  if (hasPerson && intake.isOnBehalf) {
    if (!intake.name.trim()) wrong.name = 'intake.needPrincipal'
    if (!intake.agentName.trim()) wrong.agentName = 'intake.needAgent'
    if (!intake.relation) wrong.relation = 'intake.needRelation'
  }
  if (intake.kind === 'event' && !intake.category) wrong.category = 'intake.needCategory'
  if (!intake.detail.trim()) wrong.detail = 'intake.needDetail'
  if (intake.kind !== 'appeal' && !intake.level) wrong.level = 'intake.needLevel'
  if (!intake.communityCode && !intake.cellCode) wrong.communityCode = 'intake.needArea'
  return wrong
}

/** As the API takes it: empty lines are left out, and a phone loses the spaces that people put in. */
export function intakeBody(intake: Intake) {
  const contact = intake.kind === 'callOut' ? {} : contactOf(intake)
  const occurredAt = localToIso(intake.occurredAt)
  return {
    ...(intake.kind === 'appeal' ? {} : { kind: intake.kind }),
    channel: intake.channel,
    detail: intake.detail.trim(),
    areaCode: intake.cellCode || intake.communityCode,
    ...(intake.category ? { category: intake.category } : {}),
    ...(intake.appealType ? { appealType: intake.appealType as 'help' } : {}),
    ...(intake.level ? { level: intake.level } : {}),
    ...(occurredAt ? { occurredAt } : {}),
    ...(intake.place.trim() ? { place: intake.place.trim() } : {}),
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
    ...(intake.attachments.length > 0 ? { attachments: [...intake.attachments] } : {}),
    ...(intake.sameAs && intake.kind === 'appeal' ? { sameAs: intake.sameAs.caseId } : {}),
  }
}

const contactOf = (intake: Intake) => ({
  ...(intake.phone.trim() ? { phone: plainPhone(intake.phone) } : {}),
  ...(intake.name.trim() ? { name: intake.name.trim() } : {}),
  ...(intake.isOnBehalf ? { agent: { name: intake.agentName.trim(), relation: intake.relation as 'child' } } : {}),
})

const plainPhone = (text: string): string => text.replaceAll(/[\s]/g, '')

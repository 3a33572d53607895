import { localToIso } from '@linli/ui/desk'

/** The five lines of an appeal, an event or a call-out that staff take down for someone at the counter, on the phone or at the door. */
export interface Intake {
  kind: 'appeal' | 'event' | 'callOut'
  channel: 'phone' | 'counter' | 'visit' | 'grid'
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
}

export const emptyIntake: Intake = {
  kind: 'appeal',
  channel: 'phone',
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
}

const phone = /^(?:1\d{10}|0\d{2,3}-?\d{7,8})$/

/** What is missing or wrong, by line; keys of words. */
export function checkIntake(intake: Intake): Partial<Record<keyof Intake, string>> {
  const wrong: Partial<Record<keyof Intake, string>> = {}
  if (!intake.detail.trim()) wrong.detail = 'intake.needDetail'
  if (!intake.communityCode && !intake.cellCode) wrong.communityCode = 'intake.needArea'
  if (intake.phone.trim() && !phone.test(plainPhone(intake.phone))) wrong.phone = 'intake.badPhone'
  if (intake.kind === 'event' && !intake.category) wrong.category = 'intake.needCategory'
  if (intake.kind !== 'appeal' && !intake.level) wrong.level = 'intake.needLevel'
  return wrong
}

/** As the API takes it: empty lines are left out, and a phone loses the spaces that people put in. */
export function intakeBody(intake: Intake) {
  const contact = {
    ...(intake.phone.trim() ? { phone: plainPhone(intake.phone) } : {}),
    ...(intake.name.trim() ? { name: intake.name.trim() } : {}),
  }
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
  }
}

const plainPhone = (text: string): string => text.replaceAll(/[\s]/g, '')

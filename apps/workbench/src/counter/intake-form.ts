/** The five lines of an appeal that staff take down for someone at the counter, on the phone or at the door. */
export interface Intake {
  channel: 'phone' | 'counter' | 'visit'
  detail: string
  category: string
  appealType: string
  communityCode: string
  cellCode: string
  place: string
  name: string
  phone: string
}

export const emptyIntake: Intake = {
  channel: 'phone',
  detail: '',
  category: '',
  appealType: '',
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
  return wrong
}

/** As the API takes it: empty lines are left out, and a phone loses the spaces that people put in. */
export function intakeBody(intake: Intake) {
  const contact = {
    ...(intake.phone.trim() ? { phone: plainPhone(intake.phone) } : {}),
    ...(intake.name.trim() ? { name: intake.name.trim() } : {}),
  }
  return {
    channel: intake.channel,
    detail: intake.detail.trim(),
    areaCode: intake.cellCode || intake.communityCode,
    ...(intake.category ? { category: intake.category } : {}),
    ...(intake.appealType ? { appealType: intake.appealType as 'help' } : {}),
    ...(intake.place.trim() ? { place: intake.place.trim() } : {}),
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
  }
}

const plainPhone = (text: string): string => text.replaceAll(/[\s]/g, '')

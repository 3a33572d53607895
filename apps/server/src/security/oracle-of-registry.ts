import { caseLevels, nobody, systemOnly, type TableRule, throughPerson } from './table-rule.ts'

/** Who gets what from the tables of people and their homes. */
export const registryOracle: Record<string, TableRule> = {
  'registry.address': {
    because: 'standard addresses of the area, for who works with the people there; the platform writes them',
    ...throughPerson(),
    levelColumns: caseLevels,
  },
  'registry.person': {
    because:
      'people of the area, for who works with them: no line, no property company, no administrator; the platform writes what follows from entries',
    ...throughPerson(),
    levelColumns: caseLevels,
  },
  'registry.person_entry': {
    because: 'sealed values and their history: the platform shows of them what may be shown',
    select: systemOnly,
    insert: systemOnly,
    update: nobody,
    delete: nobody,
    isAppendOnly: true,
  },
  'registry.care_tag': { because: 'visible through the person, to the viewers of the label', ...throughPerson() },
  'registry.contact': { because: 'visible through the person', ...throughPerson() },
  'registry.consent': { because: 'visible through the person', ...throughPerson() },
  'registry.family_proxy': { because: 'visible through the person', ...throughPerson() },
  'registry.residence': { because: 'visible through the person', ...throughPerson() },
  'registry.address_alias': { because: 'visible through its address', ...throughPerson() },
  'registry.household': { because: 'visible through its dwelling', ...throughPerson() },
  'registry.household_member': { because: 'visible through the person', ...throughPerson() },
  'registry.relation': {
    because: 'visible through the person who said so; the file of the other shows it without naming whom the post does not see',
    ...throughPerson(),
  },
  'registry.person_view': {
    because: 'visible through the person; what was looked at stays on record',
    ...throughPerson(),
    update: nobody,
    isAppendOnly: true,
  },

  'registry.minor': {
    because: 'how minors are shown once they are of age, with the day: the platform alone',
    select: systemOnly,
    insert: systemOnly,
    update: systemOnly,
    delete: systemOnly,
  },
  'registry.visit': {
    because: 'sealed notes and what was found: the platform shows of them what may be shown, to who has the file',
    select: systemOnly,
    insert: systemOnly,
    update: nobody,
    delete: nobody,
    isAppendOnly: true,
  },
  'registry.erasure': {
    because: 'sealed reasons: the platform shows them, to who has the file',
    select: systemOnly,
    insert: systemOnly,
    update: systemOnly,
    delete: nobody,
  },
  'registry.correction': {
    because: 'sealed values that somebody has to look at: the platform shows their masks, to who has the file',
    select: systemOnly,
    insert: systemOnly,
    update: systemOnly,
    delete: nobody,
  },
}

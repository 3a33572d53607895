import { careGroups, type PersonField, personFields } from '@linli/registry/define'
import { useLanguage } from '@linli/ui/text'

/** Relations as they are commonly written; any other is shown as somebody wrote it. */
const relations: Readonly<Record<string, string>> = {
  儿子: 'Son',
  女儿: 'Daughter',
  侄子: 'Nephew',
  侄女: 'Niece',
  配偶: 'Spouse',
  丈夫: 'Husband',
  妻子: 'Wife',
  父亲: 'Father',
  母亲: 'Mother',
  孙子: 'Grandson',
  孙女: 'Granddaughter',
  兄弟: 'Brother',
  姐妹: 'Sister',
  邻居: 'Neighbor',
  朋友: 'Friend',
}

interface PersonWords {
  group(group: { key: string; name: string }): string
  field(field: PersonField): string
  relation(relation: string): string
}

/** Names of the registry in the language of the page; Chinese comes with the data. */
export function usePersonWords(): PersonWords {
  const isEnglish = useLanguage() === 'en'
  return {
    group: ({ key, name }) => (isEnglish ? (careGroups.find((group) => group.key === key)?.nameEn ?? name) : name),
    field: (field) => personFields[field][isEnglish ? 'nameEn' : 'name'],
    relation: (relation) => (isEnglish ? (relations[relation] ?? relation) : relation),
  }
}

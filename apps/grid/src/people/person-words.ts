import { careGroups, type PersonField, personFields, relationName } from '@linli/registry/define'
import { useLanguage } from '@linli/ui/text'

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
    relation: (relation) => relationName(relation, isEnglish ? 'en' : 'zh'),
  }
}

import { careGroups } from '@linli/registry/define'
import { useLanguage } from '@linli/ui/text'

/** A care group in the language of the page. */
export function useCareGroupName(): (group: { key: string; name: string }) => string {
  const isChinese = useLanguage() === 'zh-CN'
  return ({ key, name }) => (isChinese ? name : (careGroups.find((group) => group.key === key)?.nameEn ?? name))
}

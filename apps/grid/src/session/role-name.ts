import { useLanguage } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'

/** Roles are data with a Chinese name; English has words for those who go from door to door. */
export function useRoleName(): (of: { role: string; roleName: string }) => string {
  const { t, i18n } = useTranslation()
  const isEnglish = useLanguage() === 'en'
  return ({ role, roleName }) => (isEnglish && i18n.exists(`role.${role}`) ? t(`role.${role}`) : roleName)
}

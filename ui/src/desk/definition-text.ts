import { useTranslation } from 'react-i18next'
import { useLanguage } from '../text/index.ts'

/**
 * Labels of definitions come from the server in plain Chinese; another language has its words under `def.*` in the portal's locale.
 * What has no translation yet is shown as it came: a Chinese word beats an empty button.
 */
export function useDefinitionText() {
  const { t, i18n } = useTranslation()
  const chinese = useLanguage() === 'zh-CN'
  return (path: string, given: string): string => {
    if (chinese) return given
    const key = `def.${path}`
    return i18n.exists(key) ? t(key) : given
  }
}

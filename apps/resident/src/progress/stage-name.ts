import { useTranslation } from 'react-i18next'
import type { PublicCase } from './use-case.ts'

/** The stage in the language of the page; the server's own name where we have none. */
export function useStageName(found: Pick<PublicCase, 'stage' | 'stageName'> | undefined): string {
  const { t, i18n } = useTranslation()
  if (!found) return ''
  return i18n.exists(`case.stage.${found.stage}`) ? t(`case.stage.${found.stage}`) : found.stageName
}

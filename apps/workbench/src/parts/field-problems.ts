import { ApiError } from '@linli/ui/client'
import { problemsByField, useDefinitionText } from '@linli/ui/desk'
import { useLanguage } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'

/** What the server says of single fields, by field. It says it in Chinese; another language has its own sentence for each (`locales/field-problems-en.ts`). */
export function useFieldProblems(): (error: unknown, keys: readonly string[]) => Record<string, string> {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const isChinese = useLanguage() === 'zh-CN'
  return (error, keys) => {
    if (!(error instanceof ApiError)) return {}
    const problems = error.problem.fields?.map(({ path, message }) => ({
      path: path.replace(/^(body\.)?post\./, ''),
      message: isChinese ? message : text(`problem.${message}`, t('problem.field')),
    }))
    return problemsByField(keys, problems)
  }
}

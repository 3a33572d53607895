import { call } from '@linli/ui/client'
import { useLanguage } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import type { PublicStep } from './use-case.ts'

export interface CaseWords {
  step(step: PublicStep): string
  /** A reason or another choice of a definition. */
  choice(text: string): string
}

const chinese: CaseWords = { step: (step) => step.text, choice: (text) => text }

/** Words of the definitions in the language of the page; the Chinese ones until they are here, or where there are none. */
export function useCaseWords(): CaseWords {
  const language = useLanguage()
  const { data } = useQuery({
    queryKey: ['labels', 'en'],
    enabled: language === 'en',
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => call('GET /public/scenes/labels', { query: { lang: 'en' } }),
  })
  return language === 'en' && data ? englishWords(data.labels) : chinese
}

export function englishWords(labels: Readonly<Record<string, string>>): CaseWords {
  const choice = (text: string): string => labels[`option.reason.${text}`] ?? text
  return {
    choice,
    step(step) {
      const template =
        step.kind === 'current'
          ? labels[`public.stage.${step.key}`]
          : step.key === 'open'
            ? 'You reported this'
            : labels[`public.move.${step.key}`]
      // The blank of a template is what stands behind the colon in Chinese.
      return template?.replace(/\{\w+\}/, () => choice(step.text.slice(step.text.indexOf('：') + 1))) ?? step.text
    },
  }
}

import { call } from '@linli/ui/client'
import { useLanguage } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import type { PublicStep } from './use-case.ts'

export interface CaseWords {
  step(step: PublicStep): string
  /** A reason or another choice of a definition. */
  choice(text: string): string
  /** What people say, on the chips of a report. */
  saying(text: string): string
  /** Who did a step; offices keep their own names. */
  doer(text: string): string
}

const asItIs = (text: string): string => text
const chinese: CaseWords = { step: (step) => step.text, choice: asItIs, saying: asItIs, doer: asItIs }

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

/** Chinese that the platform itself puts into a matter, beside its definitions. */
const ownWords: Readonly<Record<string, string>> = { 系统: 'the platform', 补充照片: 'photos' }

export function englishWords(labels: Readonly<Record<string, string>>): CaseWords {
  const choice = (text: string): string => labels[`option.reason.${text}`] ?? ownWords[text] ?? text
  return {
    choice,
    saying: (text) => labels[`saying.${text}`] ?? text,
    doer: (text) => ownWords[text] ?? text,
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

import { PickList, useDefinitionText } from '@linli/ui/desk'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Category, closedKindsQuery } from '../api/queries.ts'
import { type Intake, withMatter } from './intake-form.ts'
import { Line } from './line.tsx'
import { findMatters, idOf, listMatters } from './matters.ts'

interface MatterLineProps {
  intake: Intake
  categories: readonly Category[]
  error: string | undefined
  onChange(part: Partial<Intake>): void
  /** Where the hand goes next. */
  onTaken(): void
}

/** What it is about, over all kinds of work at once: a word is enough, the rulebook follows from what is chosen. */
export function MatterLine({ intake, categories, error, onChange, onTaken }: MatterLineProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const kindName = (kind: Intake['kind']) => t(`desk.kind.${kind}`)
  const { data: closed } = useQuery(closedKindsQuery(intake.cellCode || intake.communityCode))
  const category = (one: Category) => text(`category.${one.key}`, one.name)
  const matters = listMatters(categories, { kind: kindName, category, later: t('intake.matterLater') }, closed)
  const chosen = matters.find((one) => one.kind === intake.kind && one.category === intake.category)
  return (
    <Line at="2" label={t('intake.matter')} htmlFor="intake-matter" error={error}>
      <PickList
        id="intake-matter"
        value={chosen ? { id: idOf(chosen), label: labelOf(chosen.name, kindName(chosen.kind)) } : undefined}
        invalid={error !== undefined}
        placeholder={t('intake.matterHint')}
        within={matters.map(idOf).join()}
        source={async (words) =>
          findMatters(matters, words, kindName).map((one) => ({
            id: idOf(one),
            label: labelOf(one.name, kindName(one.kind)),
            note: one.examples.slice(0, 3).join(' '),
          }))
        }
        onChange={(picked) => {
          const matter = matters.find((one) => idOf(one) === picked?.id)
          // While a word is typed the choice before it stands.
          if (!matter) return
          onChange(withMatter(intake, matter))
          onTaken()
        }}
      />
      <p className="dk-note">{t(`intake.textOf.${intake.kind}`)}</p>
    </Line>
  )
}

const labelOf = (name: string, kind: string): string => (name === kind ? name : `${kind} · ${name}`)

import { Annoyed, Frown, Laugh, type LucideIcon, Meh, Smile } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'

/** The five official grades, best first; 2 and 1 are bad ratings. */
export const grades = [5, 4, 3, 2, 1] as const
export type Grade = (typeof grades)[number]

const faces: Record<Grade, LucideIcon> = { 5: Laugh, 4: Smile, 3: Meh, 2: Annoyed, 1: Frown }

/** Lines break between words (非常 / 不满意), never inside one; the name read aloud stays whole. */
function breakable(name: string): ReactNode {
  const [, degree, rest] = /^(非常|基本)(.+)$/.exec(name) ?? []
  return degree ? (
    <>
      {degree}
      <wbr />
      {rest}
    </>
  ) : (
    name
  )
}

/** 好差评: nothing preselected, one tap rates. */
export function Five({ onRate, disabled, labelledBy }: { onRate(score: Grade): void; disabled?: boolean; labelledBy: string }) {
  const { t } = useTranslation()
  return (
    <fieldset className="five" aria-labelledby={labelledBy}>
      {grades.map((score) => (
        <button type="button" key={score} onClick={() => onRate(score)} disabled={disabled}>
          <Icon of={faces[score]} />
          <span>{breakable(t(`kit.grade.${score}`))}</span>
        </button>
      ))}
    </fieldset>
  )
}

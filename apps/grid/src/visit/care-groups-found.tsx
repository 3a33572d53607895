import { careGroups } from '@linli/registry/define'
import { Field, Toggle } from '@linli/ui/touch'
import { useTranslation } from 'react-i18next'
import { Section } from '../frame/section.tsx'
import type { TakenFile } from '../people/along.ts'
import { usePersonWords } from '../people/person-words.ts'
import type { VisitDraft } from './draft.ts'

interface CareGroupsFoundProps {
  file: TakenFile
  tags: VisitDraft['tags']
  isWrong: boolean
  onChange(tags: VisitDraft['tags']): void
}

/** Care groups that the visit found, each with the words it rests on; those that the file has already are only shown. */
export function CareGroupsFound({ file, tags, isWrong, onChange }: CareGroupsFoundProps) {
  const { t } = useTranslation()
  const words = usePersonWords()
  const current = file.careGroups.filter(({ to }) => to === null)
  const others = careGroups.filter(({ key }) => !current.some((group) => group.key === key))
  const toggle = (key: string, isOn: boolean): void => {
    const { [key]: _, ...rest } = tags
    // The basis is read by people, so what is filled in is Chinese.
    onChange(isOn ? { ...rest, [key]: '入户走访，本人说明' } : rest)
  }
  return (
    <Section title={t('visit.groups')}>
      {current.length > 0 ? (
        <p className="second">{t('visit.groupsNow', { what: current.map(words.group).join(t('people.and')) })}</p>
      ) : null}
      <ul className="sheet rows">
        {others.map((group) => (
          <li key={group.key} className="fact">
            <Toggle
              selected={group.key in tags}
              {...(group.key in tags && { hint: group.because })}
              onChange={(isOn) => toggle(group.key, isOn)}
            >
              {words.group(group)}
            </Toggle>
            {group.key in tags ? (
              <Field
                label={t('visit.basis')}
                error={isWrong && [...(tags[group.key] ?? '').trim()].length < 2 ? t('visit.need.basis') : undefined}
              >
                {(control) => (
                  <input
                    {...control}
                    className="input"
                    maxLength={200}
                    value={tags[group.key]}
                    onChange={(event) => onChange({ ...tags, [group.key]: event.target.value })}
                  />
                )}
              </Field>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

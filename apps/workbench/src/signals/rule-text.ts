import { careGroups } from '@linli/registry/define'
import { findThing, waitMs } from '@linli/signals/define'
import { useLanguage } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { RuleView } from './queries.ts'
import { useThingName } from './thing-name.ts'

type Part = RuleView['parts'][number]

const weekMinutes = 7 * 1440

/** `PT12H` as people say it. */
export function useDurationText(): (duration: string) => string {
  const { t } = useTranslation()
  return (duration) => {
    const minutes = waitMs(duration) / 60_000
    if (minutes > weekMinutes && minutes % 1440 === 0) return t('rules.wholeDays', { count: minutes / 1440 })
    return minutes > 0 && minutes % 60 === 0 ? t('rules.hours', { count: minutes / 60 }) : t('rules.minutes', { count: minutes })
  }
}

/** A rule as sentences: a definition is data, and whoever is rung at night may read what rang. */
export function useRuleText() {
  const { t } = useTranslation()
  const isEnglish = useLanguage() === 'en'
  const duration = useDurationText()
  const thingName = useThingName()
  const said = ({ kind, value, is, than }: Part['of'][number]): string => {
    const thing = findThing(kind)
    const spec = thing?.values.find(({ key }) => key === value)
    const words = { thing: thingName(kind), value: (isEnglish ? spec?.nameEn : spec?.name) ?? value }
    const limit = `${than}${spec?.unit ?? ''}`
    return spec?.type === 'flag' ? t('rules.says.flag', words) : t(`rules.says.${is}`, { ...words, than: limit })
  }
  const partText = (part: Part): string => {
    const of = part.of.map(said).join(t('rules.or'))
    if (part.op === 'tagged') {
      const group = careGroups.find(({ key }) => key === part.careGroup)
      return t('rules.op.tagged', { group: (isEnglish ? group?.nameEn : group?.name) ?? part.careGroup })
    }
    const kinds = part.kinds.map(thingName).join(t('rules.or'))
    return t(`rules.op.${part.op}`, { of, kinds, than: part.of[0]?.than, times: part.times, for: part.for ? duration(part.for) : '' })
  }
  return {
    when: ({ parts, isAny }: RuleView): string => {
      const but = parts.filter(({ isNot }) => isNot).map((part) => t('rules.but', { of: partText(part) }))
      const held = parts.filter(({ isNot }) => !isNot).map(partText)
      return t('rules.when', { parts: held.join(t(isAny ? 'rules.anyOf' : 'rules.allOf')), but: but.join('') })
    },
    more: ({ parts, worse, calmer, needsConsent, pauses }: RuleView): string[] => [
      ...(needsConsent ? [t('rules.consent')] : []),
      ...parts.flatMap(({ own }) => (own ? [t('rules.own', { least: duration(own.least), most: duration(own.most) })] : [])),
      ...parts.flatMap(({ blackout }) =>
        blackout ? [t('rules.blackout', { share: Math.round(blackout.share * 100), within: duration(blackout.within) })] : [],
      ),
      ...(worse ? [t('rules.worse', { count: worse.detectors, level: t(`alarms.levels.${worse.level}`) })] : []),
      ...(calmer ? [t('rules.calmer', { within: duration(calmer.within), level: t(`alarms.levels.${calmer.level}`) })] : []),
      t(pauses ? 'rules.pauses' : 'rules.neverPauses'),
    ],
  }
}

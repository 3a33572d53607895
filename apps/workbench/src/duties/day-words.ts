import { useLanguage } from '@linli/ui/text'

/** A day of a list with its year, for lines hold for years: 2026年3月2日, 2 March 2026. */
export function useDayWords(): (day: string | null) => string {
  const language = useLanguage()
  const format = new Intl.DateTimeFormat(language === 'zh-CN' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone: 'Asia/Shanghai' })
  return (day) => (day ? format.format(new Date(`${day}T12:00:00+08:00`)) : '')
}

import type { StandingPost } from '@linli/access/server'
import type { ExportRow } from './export-rows.ts'
import { localMinute, type Sheet } from './sheet.ts'

/** Who took the list along, for which post, when and what for. In the first row, and on every printed page. */
export function watermarkOf(row: ExportRow, { actor, roleName, roleNameEn, orgName }: StandingPost, at: Date): Sheet['watermark'] {
  const when = localMinute(at)
  const { number, purpose, lang } = row
  if (lang === 'en') {
    const who = `${actor.displayName} (${roleNameEn}, ${orgName})`
    return {
      line: `Export ${number} | ${who} | ${when} | Purpose: ${purpose} | Masked; for this purpose only, do not pass on`,
      head: `${number}  ${actor.displayName}  ${orgName}  ${when}`,
      foot: `Purpose: ${purpose}`,
    }
  }
  const who = `${actor.displayName}（${orgName} ${roleName}）`
  return {
    line: `导出编号 ${number} ｜ ${who} ｜ ${when} ｜ 用途：${purpose} ｜ 已脱敏，仅限此用途，不得转发`,
    head: `${number}  ${actor.displayName}  ${orgName}  ${when}`,
    foot: `用途：${purpose}`,
  }
}

import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import packaged from 'chinese-days/package.json' with { type: 'json' }
import { createWorkingCalendar, type ExceptionalDay, missingYears, type WorkingCalendar, type WorkingWindow } from '../define/calendar.ts'
import { type Statement, sql } from './sql.ts'

/** `ctx.rows`, or the owner's connection while migrating. */
type Rows = <Row>(statement: Statement<Row>) => Promise<Row[]>

const packageName = 'chinese-days'
const source = `${packageName} ${packaged.version}`

/** The years whose holiday notices came with this release, oldest first. */
export const publishedYears: readonly number[] = [...new Set(publishedDays().map(({ day }) => yearIn(day)))].sort(
  (left, right) => left - right,
)

/** Holidays and make-up days of these years as published; without years, of all of them. */
export function publishedDays(years?: readonly number[]): ExceptionalDay[] {
  const off = Object.entries<string>(published.holidays).map(([day, name]) => ({ day, isWorking: false, name: chineseName(name) }))
  const makeUp = Object.entries<string>(published.workdays).map(([day, name]) => ({
    day,
    isWorking: true,
    name: `${chineseName(name)}调休上班`,
  }))
  return [...off, ...makeUp]
    .filter(({ day }) => !years || years.includes(yearIn(day)))
    .sort((left, right) => (left.day < right.day ? -1 : 1))
}

/** A calendar without a database: for evaluation commands and demo data. */
export function publishedCalendar(hours?: readonly WorkingWindow[]): WorkingCalendar {
  return createWorkingCalendar(publishedYears, publishedDays(), hours)
}

/** "Spring Festival,春节,4" → 春节 */
function chineseName(text: string): string {
  return text.split(',')[1] ?? text
}

function yearIn(day: string): number {
  return Number(day.slice(0, 4))
}

/**
 * Imports the published notices of the given years in one transaction-sized pair of statements; answers the years that were imported.
 * A year that an administrator imported from elsewhere stays, and so does one that this very release imported before.
 */
export async function seedCalendar(rows: Rows, years: readonly number[] = publishedYears): Promise<number[]> {
  const wanted = years.filter((year) => publishedYears.includes(year))
  const fresh = await rows<{ year: number }>(sql`
    INSERT INTO base.calendar_year AS known (year, source) SELECT unnest(${wanted}::integer[]), ${source}
    ON CONFLICT (year) DO UPDATE SET source = excluded.source, imported_at = now()
      WHERE known.source LIKE ${`${packageName} %`} AND known.source <> excluded.source
    RETURNING year`)
  const imported = fresh.map(({ year }) => year).sort((left, right) => left - right)
  const days = publishedDays(imported)
  await rows(sql`DELETE FROM base.calendar_day WHERE year = ANY (${imported}::integer[])`)
  await rows(sql`
    INSERT INTO base.calendar_day (day, is_working, name, source)
    SELECT day, is_working, name, ${source}
    FROM unnest(${days.map(({ day }) => day)}::date[], ${days.map(({ isWorking }) => isWorking)}::boolean[], ${days.map(({ name }) => name)}::text[]) AS published (day, is_working, name)`)
  return imported
}

/** The calendar as imported. It does not change under its readers: load it again after an import. */
export async function loadCalendar(rows: Rows, hours?: readonly WorkingWindow[]): Promise<WorkingCalendar> {
  const years = await rows<{ year: number }>(sql`SELECT year FROM base.calendar_year`)
  const days = await rows<ExceptionalDay>(sql`SELECT day::text AS day, is_working AS "isWorking", name FROM base.calendar_day`)
  return createWorkingCalendar(
    years.map(({ year }) => year),
    days,
    hours,
  )
}

/** How far ahead deadlines reach: the longest limit with its extension, and a holiday in between. */
const defaultHorizonDays = 120

/** One line for the log, the start and the administrator's page while a year within reach is missing; undefined when all is well. */
export function calendarWarning(calendar: Pick<WorkingCalendar, 'has'>, now: Date, horizonDays = defaultHorizonDays): string | undefined {
  const missing = missingYears(calendar, now, horizonDays)
  if (missing.length === 0) return undefined
  return `WORKING CALENDAR: no holiday notice for ${missing.join(', ')}. Deadlines that reach into it cannot be known: import the State Council's notice of that year.`
}

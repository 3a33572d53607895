import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CalendarYearMissing } from '../define/calendar.ts'
import { calendarWarning, loadCalendar, publishedCalendar, publishedDays, publishedYears, seedCalendar } from './calendar.ts'
import { cloneTemplate, type TestDatabase } from './embedded/test-database.ts'
import { migrate } from './migrate.ts'
import { type Statement, sql } from './sql.ts'

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url))
let database: TestDatabase
let owner: pg.Client
let serving: pg.Client
const rowsOf =
  (client: () => pg.Client) =>
  async <Row>(statement: Statement<Row>): Promise<Row[]> =>
    (await client().query(statement as pg.QueryConfig)).rows
const asOwner = rowsOf(() => owner)
const asServing = rowsOf(() => serving)

beforeAll(async () => {
  database = await cloneTemplate(
    { label: 'calendar.test', migrate: (url) => migrate(url, [{ engine: 'base', folder: migrations }]) },
    'calendar',
  )
  owner = new pg.Client({ connectionString: database.ownerUrl })
  serving = new pg.Client({ connectionString: database.servingUrl })
  await Promise.all([owner.connect(), serving.connect()])
  await serving.query("SELECT set_config('role', 'linli_app', false)")
})

afterAll(async () => {
  await Promise.all([owner?.end(), serving?.end()])
  await database?.drop()
})

describe('the calendar table', () => {
  test('starts empty, and an empty calendar refuses every day', async () => {
    const calendar = await loadCalendar(asServing)
    expect(() => calendar.isWorkingDay('2026-03-02')).toThrow(CalendarYearMissing)
  })

  test('takes the published years once, and reads back as they were published', async () => {
    expect(await seedCalendar(asOwner)).toEqual(publishedYears)
    expect(await seedCalendar(asOwner)).toEqual([])
    const [loaded, published] = [await loadCalendar(asServing), publishedCalendar()]
    for (const year of publishedYears) expect(loaded.has(year)).toBe(true)
    for (const { day, isWorking } of publishedDays()) expect([day, loaded.isWorkingDay(day)]).toEqual([day, isWorking])
    expect(loaded.isWorkingDay('2026-03-02')).toBe(published.isWorkingDay('2026-03-02'))
  })

  test('keeps a year that was imported from elsewhere, and renews one of an older release', async () => {
    await asOwner(sql`UPDATE base.calendar_year SET source = '国办发明电〔2025〕7号' WHERE year = 2026`)
    await asOwner(sql`DELETE FROM base.calendar_day WHERE day = '2026-02-14'`)
    await asOwner(sql`UPDATE base.calendar_year SET source = 'chinese-days 1.0.0' WHERE year = 2025`)
    await asOwner(sql`DELETE FROM base.calendar_day WHERE day = '2025-01-26'`)
    expect(await seedCalendar(asOwner)).toEqual([2025])
    const calendar = await loadCalendar(asServing)
    expect(calendar.isWorkingDay('2026-02-14')).toBe(false)
    expect(calendar.isWorkingDay('2025-01-26')).toBe(true)
  })

  test('is read by requests and written by none', async () => {
    await expect(asServing(sql`INSERT INTO base.calendar_year (year, source) VALUES (2027, 'guess')`)).rejects.toThrow('permission denied')
    await expect(asServing(sql`DELETE FROM base.calendar_day`)).rejects.toThrow('permission denied')
  })

  test('holds no day of a year that is not announced', async () => {
    await expect(
      asOwner(sql`INSERT INTO base.calendar_day (day, is_working, name, source) VALUES ('2031-01-01', false, '元旦', 'guess')`),
    ).rejects.toThrow('calendar_day_of_known_year')
  })
})

describe('the published notices', () => {
  test('hold whole years only, 2025 and 2026 among them', () => {
    expect(publishedYears).toEqual(expect.arrayContaining([2024, 2025, 2026]))
    for (const year of publishedYears) expect(publishedDays([year]).filter(({ isWorking }) => !isWorking).length).toBeGreaterThanOrEqual(11)
  })

  test('give 2026 its 33 days off and 6 make-up days, every one of these on a weekend', () => {
    const days = publishedDays([2026])
    expect(days.filter(({ isWorking }) => !isWorking)).toHaveLength(33)
    expect(days.filter(({ isWorking }) => isWorking).map(({ day }) => day)).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ])
    expect(days[0]).toEqual({ day: '2026-01-01', isWorking: false, name: '元旦' })
  })

  test('warn loudly while a year within reach is missing', () => {
    const calendar = publishedCalendar()
    const last = publishedYears.at(-1)!
    expect(calendarWarning(calendar, new Date(`${last}-03-01T00:00:00Z`))).toBeUndefined()
    expect(calendarWarning(calendar, new Date(`${last}-12-01T00:00:00Z`))).toContain(String(last + 1))
  })
})

/** Why a row was not taken as it is. */
export interface RowProblem {
  readonly code: RowProblemCode
  /** Key of the field; null where the whole row is meant. */
  readonly field: string | null
  readonly column: string | null
  /** What stood there, cut short, telephone and identity numbers masked. */
  readonly value: string | null
  /** More to the code: how long it may be, what it is called here. */
  readonly more?: string
}

type Words = readonly [zh: (more: string) => string, en: (more: string) => string]

const sayings = {
  missing: [() => '没有填，请补上，或在映射里给一个默认值', () => 'is empty: fill it in, or give the mapping a value for it'],
  too_long: [(more) => `太长，最多 ${more} 个字`, (more) => `is too long: ${more} characters at most`],
  not_a_time: [
    () => '不是一个存在的日期时间，请写成 2026-03-02 09:30，或在映射里写明格式',
    () => 'is no date and time that exists: write 2026-03-02 09:30, or name the format in the mapping',
  ],
  not_a_number: [() => '不是数字', () => 'is not a number'],
  not_a_code: [() => '不是有效的编号：最多 200 个字符，不含换行', () => 'is no key: 200 characters at most, on one line'],
  unknown_value: [
    (more) => `不认识，请在映射的对应值里写明它是哪一个${more}`,
    (more) => `is not known: say in the values of the mapping what it is${more}`,
  ],
  no_result: [
    () => '是没有结果的公式，请先在表格软件里算好再存',
    () => 'is a formula without a result: let the spreadsheet work it out and save again',
  ],
  too_many_cells: [
    (more) => `比表头多出 ${more} 格，可能有没加引号的逗号`,
    (more) => `has ${more} more cells than the header: a comma without quotes?`,
  ],
  area_unknown: [() => '没有这个地方，请写区划代码或本区域内的名称', () => 'is no place: write its code, or a name within your own area'],
  area_ambiguous: [(more) => `有 ${more} 个同名的地方，请写区划代码`, (more) => `is the name of ${more} places: write the code`],
  area_outside: [() => '不在您的区域内，导不进去', () => 'lies outside your area'],
  place_wrong: [() => '不是地球上的经纬度', () => 'is no longitude and latitude'],
  phone_wrong: [() => '不是电话号码：手机 11 位，座机带区号', () => 'is no telephone number'],
  in_future: [() => '在将来，历史件的时间不能晚于现在', () => 'lies in the future'],
  too_early: [() => '早于 1991 年，请核对年份和格式', () => 'is before 1991: check the year and the format'],
  closed_before_opened: [
    () => '早于受理时间；核对后改正，或在映射里选“按受理时间办结”',
    () => 'is before it was opened: correct it, or let the mapping close it when it was opened',
  ],
  due_before_opened: [() => '早于受理时间，请核对', () => 'is before it was opened'],
  changed: [
    (more) => `已经作为 ${more} 导入，文件里的内容后来变了；没有覆盖`,
    (more) => `was imported as ${more} and says something else now; it was not overwritten`,
  ],
  org_unknown: [() => '没有这个单位，请写全称', () => 'is no organization: write its full name'],
  org_ambiguous: [(more) => `有 ${more} 个同名的单位管这个地方`, (more) => `is the name of ${more} organizations for this place`],
  org_elsewhere: [() => '不管这个地方', () => 'has nothing to do with this place'],
  day_past: [
    () => '已经过了；过去的不改，请改日期，或在映射里选“从今天起”',
    () => 'has gone by: what was stays so; change the day, or let the mapping begin today',
  ],
  duty_differs: [
    () => '清单里已有这一条，内容不同；没有改，请在职责清单页提出修改',
    () => 'stands in the lists and says something else; propose the change on the page of the duty lists',
  ],
  duty_waits: [() => '这一条已经提出，正等另一人确认', () => 'has been proposed and waits for somebody else'],
  taken: [() => '这个来源编号已由其他区域导入', () => 'was imported by another area'],
} as const satisfies Record<string, Words>

export type RowProblemCode = keyof typeof sayings

/** What is wrong and what to do, as the end of a sentence that begins with row, column and value. */
export function sayProblem({ code, more = '' }: Pick<RowProblem, 'code' | 'more'>, lang: 'zh' | 'en'): string {
  const [zh, en]: Words = sayings[code]
  return (lang === 'zh' ? zh : en)(more)
}

import type { FormDefinition } from '@linli/forms/define'
import type { CaseType } from '../../define/case-type.ts'
import type { CaseCatalogue } from '../catalogue.ts'

type Kind = 'text' | 'code' | 'instant' | 'number' | 'choice' | 'yesNo' | 'area'
interface Option {
  readonly value: string
  readonly zh: string
  readonly en: string
}

/** A field that a file can fill; fits the slot of the engine that reads files, which stands to the right of this one. */
export interface CaseImportField {
  readonly key: string
  readonly zh: string
  readonly en: string
  readonly kind: Kind
  readonly isRequired?: true
  readonly max?: number
  readonly options?: readonly Option[]
  readonly calledToo?: readonly string[]
  readonly mask?: 'name' | 'phone'
  readonly note?: { readonly zh: string; readonly en: string }
}

/** Words of definitions in English, by flat key; a key without words keeps its Chinese. */
type English = Readonly<Record<string, string>>

const channels: readonly Option[] = [
  { value: 'elsewhere', zh: '别的系统', en: 'Another system' },
  { value: 'app', zh: '居民端', en: 'Resident' },
  { value: 'phone', zh: '电话', en: 'Phone' },
  { value: 'counter', zh: '窗口', en: 'Counter' },
  { value: 'visit', zh: '走访', en: 'Visit' },
  { value: 'grid', zh: '网格', en: 'Grid' },
  { value: 'hotline', zh: '12345 热线', en: 'Hotline 12345' },
]

const always: readonly CaseImportField[] = [
  {
    key: 'key',
    zh: '原编号',
    en: 'Number there',
    kind: 'code',
    isRequired: true,
    calledToo: ['编号', '工单编号', '事件编号', '流水号', 'id', 'case_id', 'case_enquiry_id', 'service_request_id', 'number'],
    note: { zh: '在原系统里不重复；再导一次靠它认出是同一件', en: 'Unique in that system: by it the same matter is known again' },
  },
  {
    key: 'openedAt',
    zh: '受理时间',
    en: 'Opened',
    kind: 'instant',
    isRequired: true,
    calledToo: ['上报时间', '登记时间', '创建时间', 'open_dt', 'opened_at', 'requested_datetime', 'created'],
  },
  { key: 'closedAt', zh: '办结时间', en: 'Closed', kind: 'instant', calledToo: ['结案时间', '完成时间', 'closed_dt', 'closed_at'] },
  {
    key: 'status',
    zh: '状态',
    en: 'Status',
    kind: 'choice',
    options: [
      { value: 'open', zh: '办理中', en: 'Open' },
      { value: 'closed', zh: '已办结', en: 'Closed' },
    ],
    calledToo: ['办理状态', 'case_status'],
    note: { zh: '不写就看有没有办结时间', en: 'When not said, a time of closing decides' },
  },
  {
    key: 'dueAt',
    zh: '办理时限',
    en: 'Due',
    kind: 'instant',
    calledToo: ['办结时限', '截止时间', 'target_dt', 'due_at', 'expected_datetime'],
    note: { zh: '原系统定的时限，导入后照它算', en: 'As set there; the clock here runs to it' },
  },
  {
    key: 'onTime',
    zh: '是否按时',
    en: 'On time',
    kind: 'yesNo',
    calledToo: ['按时', 'ontime_status', 'on_time'],
    note: { zh: '只用来核对平台自己算的结果，不入库', en: 'Compared with what the clock here says; not kept' },
  },
  { key: 'title', zh: '事由', en: 'Subject', kind: 'text', max: 300, calledToo: ['标题', '名称', 'case_title', 'service_name'] },
  {
    key: 'detail',
    zh: '事情',
    en: 'What it is about',
    kind: 'text',
    max: 20_000,
    isRequired: true,
    calledToo: ['内容', '诉求内容', '事件描述', '问题描述', 'description', 'type'],
  },
  { key: 'place', zh: '地点', en: 'Place', kind: 'text', max: 120, calledToo: ['地址', '发生地点', 'address', 'location'] },
  { key: 'lon', zh: '经度', en: 'Longitude', kind: 'number', calledToo: ['lng', 'long', 'x'] },
  { key: 'lat', zh: '纬度', en: 'Latitude', kind: 'number', calledToo: ['y'] },
  {
    key: 'area',
    zh: '区域',
    en: 'Area',
    kind: 'area',
    calledToo: ['所属社区', '社区', '所属网格', '网格', '街道', 'neighborhood', 'area_code'],
    note: { zh: '区划代码，或本区域内不重名的名称', en: 'A code, or a name that only one place of your area has' },
  },
  { key: 'channel', zh: '来源', en: 'Channel', kind: 'choice', options: channels, calledToo: ['渠道', '来源渠道', 'source'] },
  { key: 'result', zh: '办理结果', en: 'What was done', kind: 'text', max: 5000, calledToo: ['处理结果', '答复', 'closure_reason'] },
  { key: 'name', zh: '反映人', en: 'Reported by', kind: 'text', max: 40, mask: 'name', calledToo: ['姓名', '联系人', '诉求人'] },
  { key: 'phone', zh: '电话', en: 'Telephone', kind: 'text', max: 40, mask: 'phone', calledToo: ['联系电话', '手机', '手机号'] },
]

/** What a row can say of a matter of this type. */
export function importFields(catalogue: CaseCatalogue, type: CaseType, english: English): CaseImportField[] {
  const categories = catalogue.categoriesOf(type.key).map(({ key, name, nameEn }) => ({ value: key, zh: name, en: nameEn }))
  const of = (key: string, zh: string, en: string, calledToo: readonly string[]): CaseImportField[] => {
    const options = optionsOf(type, key, english)
    const isRequired = type.form.fields.some((field) => field.key === key && field.required)
    return options.length === 0 ? [] : [{ key, zh, en, kind: 'choice', options, calledToo, ...(isRequired && { isRequired }) }]
  }
  const [, opened, ...rest] = always
  const isNeeded = type.form.fields.some(({ key, required }) => key === 'category' && required)
  return [
    always[0]!,
    opened!,
    ...rest,
    ...(categories.length === 0
      ? []
      : [
          {
            key: 'category',
            zh: '类别',
            en: 'Category',
            kind: 'choice' as const,
            options: categories,
            calledToo: ['事件类别', '诉求类别', '大类', 'subject', 'reason'],
            ...(isNeeded && { isRequired: true as const }),
          },
        ]),
    ...(type.kind === 'appeal' ? of('appealType', '诉求类型', 'Kind of appeal', ['类型']) : []),
    ...of('level', '紧急程度', 'Urgency', ['级别', '等级']),
  ]
}

/** What a fact may be, as the forms of the type have it. */
function optionsOf(type: CaseType, key: string, english: English): Option[] {
  const forms: FormDefinition[] = [type.form, ...type.moves.flatMap(({ form }) => form ?? [])]
  const field = forms.flatMap(({ fields }) => fields).find((one) => one.key === key)
  if (field?.type !== 'choice') return []
  return field.options.map(({ value, label }) => ({ value, zh: label, en: english[`option.${key}.${value}`] ?? label }))
}

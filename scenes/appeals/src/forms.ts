import { sentence } from '@linli/cases/define'
import { defineForm } from '@linli/forms/define'
import { categories } from './categories.ts'

export const appealTypes = [
  { value: 'consult', label: '咨询' },
  { value: 'help', label: '求助' },
  { value: 'complaint', label: '投诉' },
  { value: 'report', label: '举报' },
  { value: 'suggest', label: '建议' },
  { value: 'urgent', label: '突发' },
] as const

const replyBasis = '国办发〔2020〕53号:受理、派单、办理、答复、督办、办结、回访、评价闭环'

export const opening = defineForm(
  { key: 'detail', label: '事情', type: 'text', max: 20_000, lines: 6, required: true, basis: '没有内容就无从办理' },
  { key: 'place', label: '地点', type: 'text', max: 120 },
)

export const acceptance = defineForm(
  { key: 'appealType', label: '诉求类型', type: 'choice', options: appealTypes, required: true, basis: '期限按诉求类型定' },
  // A choice, not free text: duty lists and statistics go by the key.
  {
    key: 'category',
    label: '类别',
    type: 'choice',
    options: categories.map(({ key, name }) => ({ value: key, label: name })),
    hint: '不改就按居民选的或系统认的',
  },
)

export const refusal = defineForm(
  {
    key: 'ground',
    label: '不受理的情形',
    type: 'choice',
    required: true,
    basis: '不受理要有依据',
    options: [
      { value: 'court', label: '已进入诉讼、仲裁、复议' },
      { value: 'petition', label: '信访已受理' },
      { value: 'secret', label: '涉及国家秘密' },
      { value: 'empty', label: '没有实际内容' },
    ],
  },
  sentence('reply', '给居民的说明', '不受理要告诉本人怎么办'),
)

export const task = defineForm(
  { key: 'orgId', label: '协办单位', type: 'organization', required: true, basis: '协办要有单位' },
  sentence('part', '请它办什么', '协办要写明办哪一部分'),
  { key: 'serial', label: '等前面的协办完成再开始', type: 'yesNo', hint: '不选就同时办' },
)

export const taskReport = defineForm(
  { ...sentence('result', '协办结果', '主办单位要合成一份答复', 1000), lines: 4 },
  { key: 'attachments', label: '现场照片', type: 'files', max: 6 },
)

export const recall = defineForm({ key: 'orgId', label: '协办单位', type: 'organization', required: true, basis: '撤回哪一家要写明' })

export const merging = defineForm(
  { key: 'into', label: '并到哪一件（编号）', type: 'text', min: 6, max: 40, required: true, basis: '并到的那件接着办' },
  { key: 'remark', label: '为什么是同一件', type: 'text', max: 500, lines: 2 },
)

export const passedOn = defineForm(
  { key: 'reply', label: '答复', type: 'text', max: 2000, required: true, basis: '合并的每一件都要答复' },
  { key: 'of', label: '并到的编号', type: 'text', max: 40 },
)

export const closedTogether = defineForm(
  { key: 'orgId', label: '承办单位', type: 'organization', required: true, basis: '评价记在办这件事的单位名下' },
  { key: 'of', label: '并到的编号', type: 'text', max: 40 },
)

export const contact = defineForm(
  {
    key: 'contactedAt',
    label: '联系时间',
    type: 'instant',
    when: 'past',
    required: true,
    basis: '响应率按登记联系的时间算；联系时间供回访核对',
  },
  { key: 'remark', label: '谈了什么', type: 'text', max: 1000, lines: 3 },
)

export const note = defineForm({ ...sentence('note', '内部备注', '备注不能空', 2000), hint: '居民看不到' })

export const pause = defineForm(
  {
    key: 'reason',
    label: '暂停原因',
    type: 'choice',
    required: true,
    basis: '暂停要有理由，居民看得到',
    options: [
      { value: '等待补充材料', label: '等待补充材料' },
      { value: '检验检测', label: '检验检测' },
      { value: '公示', label: '公示' },
      { value: '等待配件或施工条件', label: '等待配件或施工条件' },
      { value: '当事人要求', label: '当事人要求' },
    ],
  },
  { key: 'until', label: '暂停到', type: 'instant', when: 'future', required: true, basis: '暂停要有结束时间，到时自动恢复' },
  { key: 'remark', label: '说明', type: 'text', max: 500, lines: 2 },
)

export const reply = defineForm(
  { ...sentence('reply', '给居民的答复', replyBasis, 2000), lines: 6 },
  { key: 'attachments', label: '现场照片', type: 'files', max: 6 },
)

export const followUp = defineForm(
  { key: 'contactedAt', label: '回访时间', type: 'instant', when: 'past', required: true, basis: replyBasis },
  { key: 'resolved', label: '解决了吗', type: 'yesNo', required: true, basis: '解决率按回访确认算' },
  { key: 'satisfied', label: '满意吗', type: 'yesNo', hint: '没有表示就空着' },
  { key: 'remark', label: '居民怎么说', type: 'text', max: 1000, lines: 3 },
)

export const rating = defineForm(
  { key: 'score', label: '评价', type: 'number', min: 1, max: 5, whole: true, required: true, basis: '好差评五级，自愿，无默认' },
  { key: 'text', label: '想说的话', type: 'text', max: 500, lines: 3 },
)

export const rectification = defineForm(
  { ...sentence('reply', '整改情况', '差评由办理单位整改，结果回复本人', 2000), lines: 4 },
  { key: 'attachments', label: '整改照片', type: 'files', max: 6 },
)

export const verification = defineForm(
  { key: 'contactedAt', label: '回访时间', type: 'instant', when: 'past', required: true, basis: '差评整改由办理人以外的人核实并回访' },
  { key: 'resolved', label: '整改到位了吗', type: 'yesNo', required: true, basis: '没有到位就退回再整改' },
  { key: 'remark', label: '核实情况', type: 'text', max: 1000, lines: 3 },
)

export const addition = defineForm(
  { ...sentence('detail', '补充', '补充不能空', 2000), min: 1 },
  { key: 'attachments', label: '照片', type: 'files', max: 9 },
)

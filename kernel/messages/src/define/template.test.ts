import { expect, test } from 'vitest'
import { checkParams, collectTemplates, defineTemplate, renderMessage } from './template.ts'

const broken = defineTemplate({
  key: 'lamps.broken',
  params: { number: 'caseNumber', due: 'instant', count: 'count', unit: 'label' },
  zh: '{unit}：路灯工单 {number}（共 {count} 盏）请在 {due} 前签收',
  en: '{unit}: please claim lamp order {number} ({count} lamps) by {due}',
})
const params = { number: 'L-20260302-000017', due: '2026-03-02T09:30:00Z', count: 3, unit: '住建局' }

test('a message is rendered in the language of its reader, times in Asia/Shanghai', () => {
  expect(renderMessage(broken, params, 'zh')).toBe('住建局：路灯工单 L-20260302-000017（共 3 盏）请在 3月2日 17:30 前签收')
  expect(renderMessage(broken, params, 'en')).toBe('住建局: please claim lamp order L-20260302-000017 (3 lamps) by 2 Mar, 17:30')
})

test('both languages must use exactly the declared parameters', () => {
  expect(() => defineTemplate({ key: 'lamps.mended', params: { number: 'caseNumber' }, zh: '{number} 已修好', en: 'mended' })).toThrow(
    'the en text uses {}',
  )
  expect(() => defineTemplate({ key: 'lamps.mended', params: {}, zh: '{phone} 已修好', en: '{phone} mended' })).toThrow('declared is {}')
  expect(() => defineTemplate({ key: 'Lamps', params: {}, zh: '', en: '' })).toThrow('no key')
})

test('a parameter that could carry a person is refused before it is stored', () => {
  expect(() => checkParams(broken, params)).not.toThrow()
  for (const unit of ['联系人 19999991234', '身份证 239999', 'a'.repeat(61), '两\n行', undefined]) {
    const check = () => checkParams(broken, { ...params, unit: unit as string })
    if (unit === '身份证 239999') expect(check).not.toThrow()
    else expect(check).toThrow('unit is no label')
  }
  expect(() => checkParams(broken, { ...params, phone: '1' })).toThrow('no parameter phone')
  expect(() => checkParams(broken, { ...params, due: 'soon' })).toThrow('due is no instant')
})

test('two templates with one key are refused', () => {
  expect(() => collectTemplates([broken], [broken])).toThrow('lamps.broken')
})

test("a term is said in the reader's language, and by its key where a language lacks it", () => {
  const late = defineTemplate({ key: 'lamps.late', params: { clock: 'term' }, zh: '“{clock}”超时了', en: '{clock}: overdue' })
  const params = { clock: 'clock.repair' }
  checkParams(late, params)
  expect(renderMessage(late, params, 'zh', { 'clock.repair': '修灯' })).toBe('“修灯”超时了')
  expect(renderMessage(late, params, 'en', {})).toBe('clock.repair: overdue')
  expect(() => checkParams(late, { clock: '修灯 13812341234' })).toThrow('clock is no term')
})

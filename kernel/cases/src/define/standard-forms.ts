import { defineForm } from '@linli/forms/define'

/** A sentence that must be written, with the reason why. */
export const sentence = (key: string, label: string, basis: string, max = 500) => ({
  key,
  label,
  type: 'text' as const,
  min: 2,
  max,
  lines: 3,
  required: true as const,
  basis,
})

export const handOver = defineForm(
  {
    key: 'receiver',
    label: '移交给',
    type: 'choice',
    required: true,
    basis: '110、119、120、信访、纪检、法院的事不在本平台办',
    options: [
      { value: 'emergency', label: '110 / 119 / 120' },
      { value: 'petition', label: '信访' },
      { value: 'discipline', label: '纪检监察' },
      { value: 'court', label: '法院、仲裁' },
    ],
  },
  sentence('reason', '理由', '移交要写明理由'),
)

export const dispatch = defineForm(
  { key: 'orgId', label: '承办单位', type: 'organization', required: true, basis: '职责清单' },
  { key: 'clause', label: '依据条款', type: 'text', max: 500, lines: 2 },
  { key: 'remark', label: '交代', type: 'text', max: 500, lines: 2 },
)

export const rejection = defineForm(
  {
    key: 'code',
    label: '退单原因',
    type: 'choice',
    required: true,
    basis: '退单要有原因代码和依据',
    options: [
      { value: 'place', label: '不在本辖区' },
      { value: 'owner', label: '权属不在本单位' },
      { value: 'duty', label: '不在本单位职责清单' },
      { value: 'overlap', label: '几家职能交叉，应由别家牵头' },
      { value: 'unclear', label: '地点或事情不清，没法办' },
    ],
  },
  sentence('basis', '依据', '写明法规、职责清单条款或权属证明'),
)

export const ruling = defineForm(
  { key: 'orgId', label: '承办单位', type: 'organization', required: true, basis: '裁定要写明由谁办' },
  sentence('basis', '裁定依据', '裁定要写明依据，两家的依据和裁定都留痕', 1000),
  { key: 'legalAdvice', label: '法律顾问意见', type: 'text', max: 1000, lines: 3 },
)

export const assignment = defineForm(
  { key: 'colleagueId', label: '交给', type: 'colleague', required: true, basis: '交办要有人' },
  { key: 'remark', label: '交代', type: 'text', max: 500, lines: 2 },
)

export const reason = defineForm(sentence('reason', '理由', '要写明理由'))

export const extensionRequest = defineForm(sentence('reason', '申请延期的理由', '每件只能延期一次，须经审批'))

export const endedElsewhere = defineForm(
  { key: 'elsewhereResult', label: '原系统里的办理结果', type: 'text', max: 5000, lines: 3 },
  { key: 'elsewhereClosedAt', label: '原系统登记的办结时间', type: 'text', max: 40, hint: '和入库时间不一样时才有' },
)

export const urging = defineForm({ ...sentence('words', '要求', '催办、督办要写明要求'), hint: '承办单位看得到，居民看不到' })

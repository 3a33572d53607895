/** Why a message could not be taken (隔离原因). */
export const quarantineReasons = {
  'not-text': ['内容不是有效文本', 'Not valid text'],
  'json-malformed': ['不是合格的 JSON', 'Malformed JSON'],
  'too-large': ['超过大小上限', 'Too large'],
  'too-deep': ['嵌套太深', 'Nested too deep'],
  'shape-unknown': ['缺少测量值', 'Carries no values'],
  'id-invalid': ['消息编号不合要求', 'Message id is invalid'],
  'value-unknown': ['物模型里没有这个值', 'A value the kind does not have'],
  'value-wrong-type': ['值的类型不对', 'A value of the wrong type'],
  'value-out-of-range': ['值超出范围', 'A value out of range'],
  'topic-unknown': ['暂不支持的编码', 'A coding that is not supported yet'],
  'not-stored': ['无法入库', 'Could not be stored'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type QuarantineReason = keyof typeof quarantineReasons

/** Family names that most people have; a rarer one before a title of address stays. */
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤何傅'
const address = '先生|女士|小姐|阿姨|大姐|大哥|叔叔|大叔|大爷|大妈|大娘|奶奶|爷爷|婆婆|师傅|老师|医生|老汉|老太'
const numeral = '[0-9０-９一二三四五六七八九十百]+'

const rules: readonly (readonly [RegExp, string])[] = [
  // 13812341234, 0838-1234567, an ID number, a plate's digits.
  [/[0-9０-９](?:[-— ]?[0-9０-９Xx]){4,}/gu, '***'],
  // 3-2-501
  [/[0-9０-９]+(?:[-—–][0-9０-９]+)+/gu, '*-*'],
  [new RegExp(`${numeral}(?=\\s*(?:号楼|号院|号门|栋|幢|座|单元|号|楼|层|室|户))`, 'gu'), '*'],
  [/[0-9０-９]{3,}/gu, '***'],
  [new RegExp(`([${surnames}])[\\p{Script=Han}]{0,2}?(?=${address})`, 'gu'), '$1某'],
  [/((?:我叫|姓名[是为:：]?|联系人[是为:：]?)\s*)[\p{Script=Han}]{2,4}/gu, '$1***'],
]

/**
 * A line that somebody typed, for a place where strangers read it: without telephone and ID numbers, house numbers and the names that
 * stand before a title of address. A name in plain text cannot be told from other words, so nothing that must not be seen may rely on this.
 */
export function maskText(text: string): string {
  return rules.reduce((masked, [pattern, instead]) => masked.replace(pattern, instead), text)
}

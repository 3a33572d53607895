/** What is wrong with an answer, and so what to do about it; the server says it in Chinese, a page in its own language. */
export interface FormWords {
  notFields: string
  unknownField: string
  missing(label: string): string
  notAnOption(label: string): string
  notYesNo(label: string): string
  notPicked(label: string): string
  filesWrong(label: string, max: number): string
  fileTwice(label: string): string
  notText(label: string): string
  notKept(label: string): string
  tooShort(label: string, min: number): string
  tooLong(label: string, max: number, length: number): string
  notNumber(label: string): string
  notWhole(label: string): string
  tooSmall(label: string, min: number): string
  tooBig(label: string, max: number): string
  notInstant(label: string): string
  notPast(label: string): string
  notFuture(label: string): string
  tooFar(label: string): string
}

export const formWordsZh: FormWords = {
  notFields: '应是一组字段',
  unknownField: '表单里没有这一项',
  missing: (label) => `请填写${label}`,
  notAnOption: (label) => `${label}只能从列出的选项里选`,
  notYesNo: (label) => `${label}请选“是”或“否”`,
  notPicked: (label) => `${label}请从列表里选`,
  filesWrong: (label, max) => `${label}最多 ${max} 个，且都要先上传`,
  fileTwice: (label) => `${label}里有两个是同一个文件`,
  notText: (label) => `${label}应是文字`,
  notKept: (label) => `${label}含有不能保存的字符`,
  tooShort: (label, min) => `${label}至少 ${min} 个字`,
  tooLong: (label, max, length) => `${label}最多 ${max} 个字，现在 ${length} 个`,
  notNumber: (label) => `${label}应是数字`,
  notWhole: (label) => `${label}应是整数`,
  tooSmall: (label, min) => `${label}不能小于 ${min}`,
  tooBig: (label, max) => `${label}不能大于 ${max}`,
  notInstant: (label) => `${label}应是日期和时间`,
  notPast: (label) => `${label}不能晚于现在`,
  notFuture: (label) => `${label}要晚于现在`,
  tooFar: (label) => `${label}离现在太远`,
}

export const formWordsEn: FormWords = {
  notFields: 'This should be a set of fields',
  unknownField: 'The form has no such field',
  missing: (label) => `Fill in: ${label}`,
  notAnOption: (label) => `${label}: choose one of the answers listed`,
  notYesNo: (label) => `${label}: choose yes or no`,
  notPicked: (label) => `${label}: choose from the list`,
  filesWrong: (label, max) => `${label}: ${max} at most, each of them uploaded first`,
  fileTwice: (label) => `${label}: the same file is there twice`,
  notText: (label) => `${label}: this should be text`,
  notKept: (label) => `${label}: there is a character that cannot be kept`,
  tooShort: (label, min) => `${label}: ${min} characters at least`,
  tooLong: (label, max, length) => `${label}: ${max} characters at most, now ${length}`,
  notNumber: (label) => `${label}: this should be a number`,
  notWhole: (label) => `${label}: this should be a whole number`,
  tooSmall: (label, min) => `${label}: not less than ${min}`,
  tooBig: (label, max) => `${label}: not more than ${max}`,
  notInstant: (label) => `${label}: this should be a date and a time`,
  notPast: (label) => `${label}: this cannot be later than now`,
  notFuture: (label) => `${label}: this must be later than now`,
  tooFar: (label) => `${label}: too far from now`,
}

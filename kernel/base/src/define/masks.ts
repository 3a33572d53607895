/** Display masks of standards 7.4. A mask keeps enough to recognize, never enough to contact. */

const compoundSurnames = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '司徒',
  '夏侯',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '宇文',
  '长孙',
  '端木',
  '独孤',
  '南宫',
  '轩辕',
])

/** 张三 → 张*, 张小明 → 张*明, 欧阳小明 → 欧阳**. */
export function maskName(name: string): string {
  const chars = Array.from(name.trim())
  if (chars.length <= 1) return chars.length === 1 ? '*' : ''
  const surname = surnameOf(chars)
  if (surname.length === 2) return surname + '*'.repeat(chars.length - 2)
  if (chars.length === 2) return `${chars[0]}*`
  return `${chars[0]}${'*'.repeat(chars.length - 2)}${chars.at(-1)}`
}

/** The name of a minor: 张小明 → 张某, 欧阳小明 → 欧阳某. */
export function maskMinor(name: string): string {
  const chars = Array.from(name.trim())
  return chars.length === 0 ? '' : `${surnameOf(chars)}某`
}

function surnameOf(chars: readonly string[]): string {
  const compound = chars.slice(0, 2).join('')
  return chars.length >= 3 && compoundSurnames.has(compound) ? compound : chars[0]!
}

/** 13812341234 → 138****1234; short numbers keep their last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  if (digits.length >= 11) return `${digits.slice(0, 3)}${'*'.repeat(digits.length - 7)}${digits.slice(-4)}`
  return digits.length <= 2 ? '*'.repeat(digits.length) : `${'*'.repeat(digits.length - 2)}${digits.slice(-2)}`
}

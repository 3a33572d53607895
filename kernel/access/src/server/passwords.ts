import { hash, verify } from '@node-rs/argon2'

/** Algorithm 2 is argon2id; the const enum of the library does not survive type stripping. 19 MiB, two passes: OWASP's minimum, some 25 ms here. */
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), options)

let nobodys: Promise<string> | undefined

/** Takes as long for an account that is not there, or has no password, as for one that is: time tells nobody who exists. */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  nobodys ??= hashPassword(crypto.randomUUID())
  const isRight = await verify(stored ?? (await nobodys), password.normalize('NFKC'))
  return isRight && typeof stored === 'string'
}

/** Passwords that every guesser tries first, ten characters or longer; shorter ones are refused by length. */
const common = new Set(
  `1234567890 0123456789 0987654321 12345678910 1234567891 123456789a a123456789 1q2w3e4r5t 1qaz2wsx3edc qwertyuiop qwerty1234 qwerty12345
   qwertyuiop123 password12 password123 password1234 passw0rd123 p@ssw0rd123 p@ssword123 admin12345 admin123456 administrator administrator1
   abc1234567 abcd123456 abcdefghij aaaaaaaaaa 1111111111 0000000000 8888888888 6666666666 5201314520 520131452 woaini1314 woaini5201314
   iloveyou123 letmein1234 welcome123 welcome1234 changeme123 zaq12wsxcde asdfghjkl1 asdfghjkl123 zxcvbnm123 q1w2e3r4t5 qazwsxedcrfv
   1234qwerasdf 147258369a 1357924680 9876543210 shequ12345 wangge12345 zhengfu123 linli12345 linli123456 guanliyuan`
    .split(/\s+/)
    .filter(Boolean),
)

/** Why this password will not do, in Chinese; undefined when it will. */
export function passwordFault(password: string, login: string): string | undefined {
  const plain = password.normalize('NFKC').toLowerCase()
  if (Array.from(plain).length < 10) return '密码至少 10 位'
  if (login.length >= 3 && plain.includes(login.toLowerCase())) return '密码里不能有账号'
  if (new Set(plain).size < 4) return '密码里重复的字符太多'
  if (common.has(plain)) return '这个密码太常见，很容易被猜到'
  return undefined
}

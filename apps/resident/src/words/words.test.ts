import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zh } from './zh.ts'

type Tree = { [key: string]: string | Tree }
const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  )
const blanks = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort()

const chinese = flat(zh as Tree)
const english = new Map(flat(en as Tree))

test('every sentence is there in both languages, with the same blanks', () => {
  expect([...english.keys()].sort()).toEqual(chinese.map(([key]) => key).sort())
  for (const [key, text] of chinese) expect(new Set(blanks(english.get(key) ?? '')), key).toEqual(new Set(blanks(text)))
})

test('English has no Chinese left in it, but for the other language’s own name', () => {
  const left = [...english].filter(([key, text]) => /\p{Script=Han}/u.test(text) && key !== 'mine.language')
  expect(left).toEqual([])
})

test('the portal speaks as people do: no exclamation marks, no praise, no office words', () => {
  for (const [key, text] of chinese) expect(text, key).not.toMatch(/[!！]|亲爱|尊敬的|温馨提示|请您填写|诉求上报|恭喜|提交成功/)
})

test('digits keep a breath from Chinese', () => {
  for (const [key, text] of chinese) expect(text.replace(/\{\{\w+\}\}/g, ''), key).not.toMatch(/\p{Script=Han}\d|\d\p{Script=Han}/u)
})

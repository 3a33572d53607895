import type { Random } from './random.ts'

/** Somebody who files appeals. Invented; phones are of the demo block 1999999xxxx. */
export interface Resident {
  name: string
  phone: string
  /** Code of the cell, or of the community where there are no cells. */
  home: string
  building: string | undefined
}

const surnames = '李王张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'
const middles = ['', '', '国', '建', '玉', '秀', '志', '小', '文', '晓', '春', '海', '永', '桂', '雨', '子']
const givens = '华芳军兰平英强敏杰静勇艳涛霞斌丽刚娟明红伟琴辉萍亮慧鹏莉峰玲超倩飞雪龙洁宇婷浩琳'

export const inventName = (random: Random): string =>
  `${random.pick(Array.from(surnames))}${random.pick(middles)}${random.pick(Array.from(givens))}`

/** Nobody lives in the school or the market hall. */
export const isHouse = (building: string): boolean => /[楼栋号院]$/u.test(building)

/** The people of each place; the first of the first cell are the elder of the stories and the son who acts for her. */
export function inventResidents(
  random: Random,
  homes: readonly { code: string; buildings: readonly string[]; count: number }[],
): Resident[] {
  const residents: Resident[] = []
  const add = (name: string, home: string, building: string | undefined): void => {
    residents.push({ name, phone: `1999999${String(1000 + residents.length).padStart(4, '0')}`, home, building })
  }
  const [first] = homes
  if (first) {
    add('赵桂兰', first.code, first.buildings[2])
    add('赵志远', first.code, first.buildings[2])
  }
  for (const { code, buildings, count } of homes) {
    const houses = buildings.filter(isHouse)
    for (let i = 0; i < count; i++) {
      add(inventName(random), code, houses.length > 0 ? random.pick(houses) : undefined)
    }
  }
  return residents
}

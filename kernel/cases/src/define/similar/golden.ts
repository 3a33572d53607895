import type { Likeness, Sighting } from './likeness.ts'

interface GoldenRow {
  readonly name: string
  readonly a: Partial<Sighting>
  readonly b: Partial<Sighting>
  readonly expect: { readonly similar: boolean; readonly place?: Likeness['place']; readonly words?: readonly string[] }
}

const day = 86_400_000
const [yard, gate, farAway] = [
  { lon: 103.5012, lat: 30.1948 },
  { lon: 103.5018, lat: 30.1949 },
  { lon: 103.5112, lat: 30.1998 },
]

/** Written by hand before the code: what a clerk would call the same matter, and what not. Both are of one community unless it says otherwise. */
export const golden: readonly GoldenRow[] = [
  {
    name: 'two neighbors about one leaking roof',
    a: { place: '丝绸厂小区 3 栋', words: '丝绸厂小区 3 栋顶楼漏水，一下雨家里就接盆' },
    b: { place: '丝绸厂小区3栋2单元', words: '楼顶漏水一个月了', at: 2 * day },
    expect: { similar: true, place: 'sameBuilding', words: ['漏水'] },
  },
  {
    name: 'a lift that stopped, told in other words by the next floor',
    a: { place: '飞龙花园 7 栋', words: '电梯这周停了两次' },
    b: { place: '飞龙花园 7 栋', words: '电梯按了没反应', at: day },
    expect: { similar: true, place: 'sameBuilding', words: ['电梯'] },
  },
  {
    name: 'a dark lamp seen from both ends of a yard',
    a: { position: yard, words: '门口路灯不亮', category: 'construction' },
    b: { position: gate, words: '路灯不亮了', category: 'construction', at: day },
    expect: { similar: true, place: 'near', words: ['路灯不亮'] },
  },
  {
    name: 'the same house, another matter',
    a: { place: '丝绸厂小区 3 栋', words: '丝绸厂小区 3 栋顶楼漏水' },
    b: { place: '丝绸厂小区 3 栋', words: '丝绸厂小区 3 栋门口乱停车' },
    expect: { similar: false, place: 'sameBuilding', words: [] },
  },
  {
    name: 'the same words half a kilometer on',
    a: { position: yard, words: '井盖裂了，车一压就响' },
    b: { position: farAway, words: '井盖不见了' },
    expect: { similar: false },
  },
  {
    name: 'a word of it in the same house, two months before',
    a: { place: '粮站家属院 5 号楼', words: '下水道堵了，污水冒出来' },
    b: { place: '粮站家属院 5 号楼', words: '停水了，下水道井盖响', at: 58 * day },
    expect: { similar: false, place: 'sameBuilding' },
  },
  {
    name: 'the name of the estate is no matter',
    a: { place: '粮站家属院 5 号楼', words: '粮站家属院 5 号楼没有路灯' },
    b: { place: '粮站家属院 9 号楼', words: '粮站家属院 9 号楼停水' },
    expect: { similar: false, place: 'sameCommunity', words: [] },
  },
  {
    name: 'courtesy is no matter',
    a: { words: '您好，麻烦了，请尽快处理，谢谢' },
    b: { words: '您好，麻烦了，请尽快处理，谢谢' },
    expect: { similar: false, words: [] },
  },
  {
    name: 'an outage in one community, told on the same day with the same words',
    a: { words: '从早上开始停水，没有通知', category: 'construction' },
    b: { words: '停水没有通知', category: 'construction' },
    expect: { similar: true, place: 'sameCommunity' },
  },
  {
    name: 'the same words in another community',
    a: { words: '从早上开始停水，没有通知', category: 'construction' },
    b: { words: '停水没有通知', category: 'construction', communityId: 'another' },
    expect: { similar: false, place: 'elsewhere' },
  },
]

import { expect, test } from 'vitest'
import { codeAbove, kindOfCode, levelOfCode, placeName } from './division-codes.ts'

test('the length of a code is its level, and its beginning the area it lies in', () => {
  const codes = ['23', '2399', '239999', '239999001', '239999001001', '239999001001001', '23999900100100101']
  expect(codes.map(levelOfCode)).toEqual(['province', 'prefecture', 'county', 'township', 'community', 'cell', 'cell'])
  expect(codes.map(codeAbove)).toEqual([null, ...codes.slice(0, -1)])
  expect(['2', '23999', '23999x', '', '239999001001001001'].map(levelOfCode)).toEqual(Array(5).fill(undefined))
})

test.each([
  ['23', '北江省', 'province'],
  ['50', '某市', 'municipality'],
  ['65', '某自治区', 'autonomous_region'],
  ['2399', '安和市', 'city'],
  ['2327', '某地区', 'prefecture'],
  ['2301', '市辖区', 'group'],
  ['2390', '省直辖县级行政区划', 'group'],
  ['239902', '河东区', 'district'],
  ['239999', '清河市', 'county_city'],
  ['239921', '清河县', 'county'],
  ['239971', '某开发区', 'functional_zone'],
  ['239004', '某市', 'county_city'],
  ['239900', '安和市', 'group'],
  ['239999001', '河东街道', 'subdistrict'],
  ['239999100', '柳林镇', 'town'],
  ['239999200', '某乡', 'rural_township'],
  ['239999400', '某农场', 'functional_zone'],
  ['239999001001', '幸福社区', 'urban_community'],
  ['239999100200', '柳林村', 'village'],
  ['239999001401', '某社区', 'urban_community'],
  ['239999100500', '某分场', 'village'],
  ['239999001001001', '幸福第一网格', 'grid'],
  ['23999900100100101', '幸福微网格', 'micro_cell'],
])('%s %s is a %s', (code, name, kind) => {
  expect(kindOfCode(code, name)).toBe(kind)
})

test.each([
  ['幸福社区居委会', '幸福社区'],
  ['幸福社区居民委员会', '幸福社区'],
  ['柳林村村委会', '柳林村'],
  ['柳林村村民委员会', '柳林村'],
  ['幸福社区委员会', '幸福社区'],
  ['河西嘎查委员会', '河西嘎查'],
  ['居委会', '居委会'],
  ['河东管理委员会', '河东管理委员会'],
])('%s is the committee of %s', (committee, place) => {
  expect(placeName(committee)).toBe(place)
})

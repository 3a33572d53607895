import { expect } from 'vitest'
import { fileAppeal } from './support/api.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'

const oldEstate = '510131001002'

test('a community secretary opens a topic, puts in what residents said, names who is in charge, answers and publishes [GRID-11] (owner, answer record)', async ({
  town,
}) => {
  for (const detail of ['健身角的秋千断了一根绳', '秋千断了绳，孩子差点摔着'])
    await fileAppeal(town.url, { detail, areaCode: oldEstate, category: 'urban-rural-construction' })
  const { page } = await town.openWorkbench('community', { path: 'topics' })
  await page.getByRole('button', { name: '立主题' }).click()
  let dialog = page.getByRole('dialog')
  await dialog.getByLabel('主题').fill('健身角的秋千')
  await dialog.getByLabel(/^说到哪些词/).fill('秋千')
  await dialog.getByLabel('哪一类').selectOption('urban-rural-construction')
  await dialog.getByRole('button', { name: '立主题' }).click()

  const proposed = page.getByRole('region', { name: '可能归进来的话' })
  await proposed.getByText('秋千断了绳，孩子差点摔着').waitFor()
  expect(await proposed.innerText()).not.toContain('1999')
  await proposed.getByRole('button', { name: '全选' }).click()
  await proposed.getByRole('button', { name: '归进主题（2）' }).click()
  await page.getByRole('button', { name: /^2\s*\S.*起一周/ }).click()
  const inside = page.getByRole('region', { name: '这一周、这个社区的话' })
  await inside.getByText('健身角的秋千断了一根绳').waitFor()

  await page.getByRole('button', { name: '定负责单位' }).click()
  dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').fill('住房和城乡建设')
  await page
    .getByRole('option', { name: /住房和城乡建设/ })
    .first()
    .click()
  await dialog.getByRole('button', { name: '定负责单位' }).click()
  await dialog.waitFor({ state: 'hidden' })

  await page.getByRole('button', { name: '答复', exact: true }).click()
  dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^答复了什么/).fill('秋千已拆下检修，换了绳，周五装回。')
  await dialog.getByLabel(/^向谁答复/).fill('居民议事会')
  await dialog.getByRole('button', { name: '答复' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '公开答复' }).click()
  dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '公开答复' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '撤下公开' }).waitFor()
  await picture(page, 'topic')

  const { items } = (await (await fetch(`${town.url}/api/v1/public/topics`)).json()) as {
    items: { title: string; answer: string; voices: number | null }[]
  }
  expect(items.find(({ title }) => title === '健身角的秋千')).toMatchObject({ answer: '秋千已拆下检修，换了绳，周五装回。', voices: null })
})

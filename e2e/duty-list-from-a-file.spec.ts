import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectAccessible } from './support/check-page.ts'
import { test } from './support/journey.ts'

const lines = [
  '清单,条款号,事项,类别,单位,适用地区,依据文件,常见说法',
  '基本履职,旅程 1.1,文件导入的路灯养护,城乡建设,县住房和城乡建设局,鹤山街道,文件导入的清单（演示）,旅程路灯',
  '上级收回,旅程 1.2,文件导入的已收回一条,城乡建设,县住房和城乡建设局,鹤山街道,文件导入的清单（演示）,',
  '基本履职,旅程 1.3,没有这个单位的一条,城乡建设,没有这个局,鹤山街道,文件导入的清单（演示）,',
]

test('a dispatcher brings a duty list in from a file; each line waits for somebody else, and what nobody confirmed is taken back with the file [GRID-03] (duty lists from a file)', async ({
  town,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-journey-'))
  try {
    const file = join(folder, '职责清单旅程.csv')
    await writeFile(file, lines.join('\n'))
    const { page } = await town.openWorkbench('dispatcher', { path: 'imports' })
    await page.getByLabel('文件', { exact: true }).setInputFiles(file)
    await page.getByLabel('导入成').selectOption({ label: '职责清单的条款（等另一人确认）' })
    await page.getByLabel('来源系统').fill('county-list')
    await page.getByRole('button', { name: '试导' }).click()
    await page.getByText('看了 3 行：新增 2').waitFor()
    await page.getByText('没有这个局').first().waitFor()
    await expectAccessible(page, 'the preview of a duty list')
    await page.getByRole('button', { name: '开始导入' }).click()
    const item = page.getByRole('listitem').filter({ hasText: '职责清单旅程.csv' })
    await item.getByText('已导入').waitFor()
    await item.getByText('新增 2').waitFor()

    const { page: lead } = await town.openWorkbench('township-lead', { path: 'duties?q=文件导入的' })
    const waiting = lead.getByRole('listitem').filter({ hasText: '旅程 1.1' })
    await waiting.getByRole('button', { name: '确认' }).click()
    await waiting.waitFor({ state: 'hidden' })
    await lead.getByRole('row', { name: /旅程 1\.1/ }).waitFor()

    await item.getByRole('button', { name: /^撤销/ }).click()
    await item.getByLabel('为什么撤销').fill('清单有新版')
    await item.getByRole('button', { name: '撤销这一批' }).click()
    await item.getByText('撤掉 1 件，留下 1 件').waitFor()
  } finally {
    await rm(folder, { recursive: true })
  }
})

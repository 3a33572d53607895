import { type Ctx, sql } from '@linli/base/server'
import { addAlias } from '@linli/registry/server'
import { actorOf } from './in-the-past.ts'
import type { Town } from './seed-town.ts'
import { communityPlans } from './town-places.ts'

/** What people of the old estate call the house of the elder of the stories, and the home below it that was a shop once. As system, after the people. */
export async function seedAliases(system: Ctx, town: Town): Promise<void> {
  const [house] = await system.rows(sql<{ address_id: string; building_id: string }>`
    SELECT top.address_id, top.building_id FROM registry.person p JOIN registry.address home USING (address_id)
      JOIN registry.care_tag t USING (person_id) JOIN access.area cell ON cell.area_id = p.cell_id
      JOIN registry.address top ON top.building_id = home.building_id AND top.kind = 'building'
    WHERE cell.code = ${`${communityPlans.oldEstate.code}001`} AND t.care_group = 'elder.lives-alone' AND p.masked ->> 'name' = '赵*兰'`)
  if (!house) return
  const [shop] = await system.rows(sql<{ address_id: string }>`
    SELECT address_id FROM registry.address WHERE building_id = ${house.building_id} AND kind = 'dwelling' ORDER BY full_name LIMIT 1`)
  await system.as(await actorOf(system, town, 'grid'), async (ctx) => {
    await addAlias(ctx, house.address_id, '红砖楼')
    if (shop) await addAlias(ctx, shop.address_id, '老裁缝铺')
  })
}

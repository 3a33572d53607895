import { communityPlans, type DrawnCell, drawCells } from './town-places.ts'

export interface DevicePlan {
  code: string
  kind: 'wristband' | 'door' | 'smoke' | 'meter' | 'motion' | 'gateway'
  name: string
  /** Code of the cell. */
  cell: string
  building: string
  /** Within the building; empty where somebody who lives alone in the cell is yet to be found. */
  place: string
  subject: 'person' | 'dwelling' | 'building'
  /** The home of somebody who agreed to being looked in on when nothing is heard. */
  isWatched?: true
  isBeingMended?: true
  /** Code of what it sends through. */
  gateway?: string
}

/** Published on purpose, as the passwords are: README lines and simulators work as pasted, and the demo serves loopback only. */
export const demoSecret = (code: string): string => `linli-demo-device-${code.toLowerCase()}`

/** Where the elder of the stories lives, as the registry has it. */
export const storyPlace = '2单元501室'

/** The elder who lives alone: a wristband for herself; door, motion and meter for her dwelling. */
function storyHome(): DevicePlan[] {
  const home = { cell: `${communityPlans.oldEstate.code}001`, building: '农机厂宿舍 11 号楼', place: storyPlace }
  return [
    { ...home, code: 'WB-0001', kind: 'wristband', name: '呼救手环', subject: 'person' },
    { ...home, code: 'DR-0001', kind: 'door', name: '入户门磁', subject: 'dwelling' },
    { ...home, code: 'MO-0001', kind: 'motion', name: '客厅活动感应', subject: 'dwelling' },
    { ...home, code: 'MT-0001', kind: 'meter', name: '智能电表', subject: 'dwelling' },
  ]
}

/** Another elder who lives alone and agreed: stays in for days, so she has stopped the notice about the door and kept the one about silence. */
export const mutedRule = 'elderly-care.no-exit'
function secondHome(): DevicePlan[] {
  const { code: cell, buildings } = drawCells(communityPlans.oldEstate)[1]!
  const home = { cell, building: buildings[4]!.name, place: '', subject: 'dwelling', isWatched: true } as const
  return [
    { ...home, code: 'DR-0002', kind: 'door', name: '入户门磁' },
    { ...home, code: 'MO-0002', kind: 'motion', name: '卧室活动感应' },
  ]
}

const gatewayCode = 'GW-0001'
const gatewayOf = (cell: DrawnCell): string => cell.buildings[0]!.name
/** The smoke detectors of one building send through a gateway on its ground floor. */
const gateway = (cell: DrawnCell): DevicePlan => ({
  code: gatewayCode,
  kind: 'gateway',
  name: '楼道物联网关',
  cell: cell.code,
  building: gatewayOf(cell),
  place: '1 层弱电间',
  subject: 'building',
})

const number = (value: number): string => String(value).padStart(4, '0')

/** Two smoke detectors in the corridors of some buildings, and wristbands of further elders, in the three communities. */
export function townDevices(): DevicePlan[] {
  const cells: DrawnCell[] = Object.values(communityPlans).flatMap(drawCells)
  const plans = [...storyHome(), ...secondHome(), gateway(cells[0]!)]
  for (const cell of cells) {
    for (const { name: building } of cell.buildings.slice(0, 3)) {
      for (const floor of [1, 3]) {
        const code = `SM-${number(plans.filter(({ kind }) => kind === 'smoke').length + 1)}`
        const behind = building === gatewayOf(cells[0]!) && cell === cells[0] ? { gateway: gatewayCode } : {}
        const isBeingMended = code === 'SM-0012' ? { isBeingMended: true as const } : {}
        plans.push({
          code,
          kind: 'smoke',
          name: '楼道烟感',
          cell: cell.code,
          building,
          place: `${floor} 层楼道`,
          subject: 'building',
          ...isBeingMended,
          ...behind,
        })
      }
    }
    const building = cell.buildings[4]!.name
    const code = `WB-${number(plans.filter(({ kind }) => kind === 'wristband').length + 1)}`
    plans.push({
      code,
      kind: 'wristband',
      name: '呼救手环',
      cell: cell.code,
      building,
      place: '',
      subject: 'person',
    })
  }
  return plans
}

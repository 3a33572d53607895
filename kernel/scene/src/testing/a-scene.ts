import { defineCaseType } from '@linli/cases/define'
import { defineForm } from '@linli/forms/define'
import { defineTemplate } from '@linli/messages/define'
import { defineScene, type Scene } from '../define/define-scene.ts'

const hour = { kind: 'elapsed', amount: 'PT1H' } as const

/** A broken street lamp: taken in by the desk, put right by one organization. */
export const lampRepair = defineCaseType({
  key: 'lamps.repair',
  kind: 'appeal',
  name: '路灯报修',
  because: '测试',
  form: defineForm({ key: 'detail', label: '事情', type: 'text', max: 200 }),
  stages: {
    reported: { name: '已报', publicName: '等待派修', holder: 'desk', queue: 'dispatch', clock: 'dispatch' },
    repairing: { name: '在修', publicName: '正在修', holder: 'main', queue: 'handle' },
    mended: { name: '已修好', publicName: '修好了', holder: 'none', final: 'closed' },
  },
  opens: 'reported',
  openingTells: [{ who: 'desk', template: 'lamps.reported' }],
  opensClocks: ['dispatch'],
  clocks: { dispatch: { name: '派修', owner: 'desk', policy: hour, pausable: false, because: '测试' } },
  moves: [
    {
      key: 'dispatch',
      name: '派修',
      from: ['reported'],
      to: 'repairing',
      by: 'desk',
      permission: 'cases.dispatch',
      form: defineForm({ key: 'orgId', label: '单位', type: 'organization', required: true, basis: '测试' }),
      effects: [
        { does: 'setMain', from: 'orgId' },
        { does: 'stopClock', clock: 'dispatch' },
      ],
      publicText: '派人去修了',
    },
    { key: 'mend', name: '修好', from: ['repairing'], to: 'mended', by: 'main', permission: 'cases.handle' },
  ],
  notices: [{ level: 1, at: 'due', tells: ['holder'], template: 'lamps.late' }],
})

/** A whole small pack to test with; scenes of the product are not known to the kernel. */
export function aScene(traits: Partial<Scene> = {}): Scene {
  return defineScene({
    key: 'lamps',
    name: '路灯',
    nameEn: 'Street lamps',
    because: '测试',
    caseTypes: [lampRepair],
    categories: [{ key: 'lamp', name: '路灯', nameEn: 'Lamp', examples: ['灯不亮'] }],
    messages: [
      defineTemplate({ key: 'lamps.reported', params: { number: 'caseNumber' }, zh: '{number} 新报', en: '{number} reported' }),
      defineTemplate({
        key: 'lamps.late',
        params: { number: 'caseNumber', clock: 'label' },
        zh: '{number} {clock} 晚了',
        en: '{number} {clock} is late',
      }),
    ],
    en: {
      'type.lamps.repair': 'Lamp repair',
      'category.lamp': 'Lamp',
      'saying.灯不亮': 'Lamp out',
      'stage.reported': 'Reported',
      'stage.repairing': 'Being repaired',
      'stage.mended': 'Mended',
      'public.stage.reported': 'Waiting',
      'public.stage.repairing': 'Being repaired',
      'public.stage.mended': 'Mended',
      'move.dispatch': 'Send out',
      'move.mend': 'Mended',
      'public.move.dispatch': 'Somebody was sent out',
      'clock.dispatch': 'Sending out',
      'field.detail': 'What happened',
      'field.orgId': 'Unit',
      'note.测试': 'test',
    },
    ...traits,
  })
}

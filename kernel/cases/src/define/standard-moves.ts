import type { FormDefinition } from '@linli/forms/define'
import type { Effect, Move } from './case-type.ts'
import * as forms from './standard-forms.ts'

/** Moves that are rules of the trade (DESIGN 5) and the same in every kind of work; a type says where they stand in it, which clocks they touch and what is told. */

interface RulingPlan<S extends string> {
  /** Where a dispatch waits to be claimed, where the desk dispatches, and where a superior rules. */
  readonly dispatched: S
  readonly desk: S
  readonly ruling: S
  /** Clocks of the unit that a dispatch starts. */
  readonly unitClocks: readonly string[]
  readonly deskClock: string
  readonly rulingClock: string
  /** Keys of templates. */
  readonly rejected: string
  readonly toRule: string
  readonly ruled: string
}

/** Rejected once with reason and basis, back to the desk; a second time, or when the desk asks, the lowest common superior rules, and that is not rejected. */
export function rulingMoves<S extends string>(plan: RulingPlan<S>): readonly Move<S>[] {
  const { dispatched, desk, ruling, unitClocks, deskClock, rulingClock, rejected, toRule, ruled } = plan
  const each = (does: 'startClock' | 'stopClock'): Effect[] => unitClocks.map((clock) => ({ does, clock }))
  const reject = { does: 'reject', reason: 'code', basis: 'basis' } as const
  return [
    {
      key: 'rejectDispatch',
      name: '退单',
      from: [dispatched],
      by: 'main',
      permission: 'cases.handle',
      form: forms.rejection,
      only: [{ when: 'mayReject' }],
      because: '签收前可退一次，要有原因和依据；第二家再退，由共同的上级裁定',
      effects: each('stopClock'),
      toWhen: [
        {
          when: 'rejected',
          to: ruling,
          tells: { who: 'superior', template: toRule },
          effects: [{ does: 'askRuling' }, reject, { does: 'startClock', clock: rulingClock }],
        },
        {
          from: dispatched,
          to: desk,
          tells: { who: 'desk', template: rejected },
          effects: [reject, { does: 'startClock', clock: deskClock }],
        },
      ],
    },
    {
      key: 'askRuling',
      name: '提请裁定',
      from: [desk],
      to: ruling,
      by: 'desk',
      permission: 'cases.dispatch',
      form: forms.reason,
      only: [{ when: 'rejected' }],
      because: '退回的单位确实应办、又不肯办的，请共同的上级裁定',
      effects: [{ does: 'askRuling' }, { does: 'stopClock', clock: deskClock }, { does: 'startClock', clock: rulingClock }],
      tells: { who: 'superior', template: toRule },
    },
    {
      key: 'arbitrate',
      name: '裁定',
      from: [ruling],
      to: dispatched,
      by: 'superior',
      permission: 'cases.rule',
      form: forms.ruling,
      primary: true,
      publicText: '确定了承办单位',
      because: '街道（乡镇）裁定自己的科室站所，有县级部门的由县级裁定；裁定后不得再退',
      effects: [
        { does: 'settleRuling' },
        { does: 'stopClock', clock: rulingClock },
        { does: 'setMain', from: 'orgId' },
        ...each('startClock'),
      ],
      tells: { who: 'main', template: ruled },
    },
  ]
}

/** A pause has a reason and an end, and ends by itself; the form asks for `reason` and `until`. */
export function pauseMoves<S extends string>(from: readonly S[], form: FormDefinition): readonly Move<S>[] {
  return [
    {
      key: 'pause',
      name: '暂停',
      from,
      by: 'main',
      permission: 'cases.handle',
      form,
      only: [{ when: 'notPaused' }],
      publicText: '暂停计时：{reason}',
      because: '暂停要有理由和结束时间，到时自动恢复（standards 4.5）',
      effects: [{ does: 'pause', until: 'until', reason: 'reason' }],
    },
    {
      key: 'resume',
      name: '恢复',
      from,
      by: 'main',
      permission: 'cases.handle',
      only: [{ when: 'paused' }],
      publicText: '恢复计时',
      effects: [{ does: 'resume' }],
      primary: true,
    },
  ]
}

/** One extension, approved by somebody outside the unit that asks. */
export function extensionMoves<S extends string>(from: readonly S[], clocks: readonly string[], asked: string): readonly Move<S>[] {
  const decision = {
    from,
    by: 'desk',
    permission: 'cases.approveExtension',
    form: forms.reason,
    only: [{ when: 'extensionAsked' }],
    notBy: { moves: ['askExtension'], organization: true },
  } as const
  return [
    {
      key: 'askExtension',
      name: '申请延期',
      from,
      by: 'main',
      permission: 'cases.handle',
      form: forms.extensionRequest,
      only: [{ when: 'noExtensionYet' }, { when: 'extensible' }],
      because: '每件只能延期一次，经街道审批',
      effects: [{ does: 'askExtension', reason: 'reason' }],
      tells: { who: 'approver', template: asked },
    },
    {
      ...decision,
      key: 'grantExtension',
      name: '同意延期',
      publicText: '同意延期：{reason}',
      effects: [{ does: 'grantExtension', clocks }],
      primary: true,
    },
    { ...decision, key: 'refuseExtension', name: '不同意延期', effects: [{ does: 'refuseExtension' }] },
  ]
}

interface WatchPlan<S extends string> {
  readonly urgedIn: readonly S[]
  readonly watchedIn: readonly S[]
  readonly urged: string
  readonly supervised: string
  readonly urgedBecause: string
  readonly supervisedBecause: string
}

/** 催办 by the desk, 督办 by a superior: the matter stays marked until it is closed. */
export function watchMoves<S extends string>(plan: WatchPlan<S>): readonly Move<S>[] {
  return [
    {
      key: 'remind',
      name: '催办',
      from: plan.urgedIn,
      by: 'desk',
      permission: 'cases.dispatch',
      form: forms.urging,
      because: plan.urgedBecause,
      tells: { who: 'main', template: plan.urged },
    },
    {
      key: 'supervise',
      name: '督办',
      from: plan.watchedIn,
      by: 'desk',
      permission: 'cases.supervise',
      form: forms.urging,
      only: [{ when: 'notSupervised' }],
      publicText: '上级督办',
      because: plan.supervisedBecause,
      effects: [{ does: 'supervise' }],
      tells: { who: 'main', template: plan.supervised },
    },
  ]
}

/** A matter that came over from another system ended there. Nobody makes this step here: an import writes it, with the time it has there. */
export function endsElsewhere<S extends string>(from: S, to: S): Move<S> {
  return {
    key: 'endElsewhere',
    name: '原系统办结',
    from: [from],
    to,
    by: 'system',
    form: forms.endedElsewhere,
    publicText: '在原来的系统里办结了',
    because: '从别的系统迁来的历史件保留原来的时间，不补编中间环节',
  }
}

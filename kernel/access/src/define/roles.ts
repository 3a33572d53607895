/** The three administrators (三员分立) are kept apart from each other and from ordinary work. */
export type Separation = 'work' | 'system' | 'security' | 'audit'

/** One role as data: what a post of it may do, how far it sees, and where it can be given. */
export interface RoleDefinition {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  /** Level of the area that a post of this role is given for; `line` takes the area of its organization, whatever its level. */
  readonly level: 'cell' | 'community' | 'township' | 'county' | 'line'
  /** How far business data are seen: the area (块), the files of the own organization (条), or none at all. */
  readonly reach: 'cell' | 'community' | 'township' | 'county' | 'line' | 'none'
  readonly separation: Separation
  readonly orgKinds: readonly string[]
  readonly permissions: readonly string[]
}

const townshipOffices = ['subdistrictOffice', 'townGovernment', 'publicSafetyCenter', 'urbanOperationsCenter'] as const
const lineOffices = [
  'department',
  'policeStation',
  'petitionOffice',
  'socialWorkDepartment',
  'hotline',
  'dataBureau',
  'socialOrganization',
] as const
const countyOffices = [
  'countyGovernment',
  'politicalLegalCommission',
  'socialWorkDepartment',
  'urbanOperationsCenter',
  'publicSafetyCenter',
  'hotline',
] as const
const administrationOffices = ['dataBureau', 'countyGovernment'] as const

/** The roles every county needs; scenes add theirs. Administrators see accounts or records, never business data: their reach is none. */
export const baseRoles: readonly RoleDefinition[] = [
  {
    key: 'gridWorker',
    name: '网格员',
    nameEn: 'Grid worker',
    level: 'cell',
    reach: 'cell',
    separation: 'work',
    orgKinds: ['residentsCommittee', ...townshipOffices],
    permissions: ['cases.read', 'cases.open', 'cases.register', 'cases.handle', 'cases.check', 'cases.reveal', 'exchange.export'],
  },
  {
    key: 'communityWorker',
    name: '社区工作者',
    nameEn: 'Community worker',
    level: 'community',
    reach: 'community',
    separation: 'work',
    orgKinds: ['residentsCommittee', 'partyBranch'],
    permissions: [
      'cases.read',
      'cases.open',
      'cases.accept',
      'cases.register',
      'cases.handle',
      'cases.followUp',
      'cases.verify',
      'cases.check',
      'cases.reveal',
      'cases.handOver',
      'exchange.export',
    ],
  },
  {
    key: 'dispatcher',
    name: '派遣员',
    nameEn: 'Dispatcher',
    level: 'township',
    reach: 'township',
    separation: 'work',
    orgKinds: townshipOffices,
    permissions: [
      'cases.read',
      'cases.open',
      'cases.accept',
      'cases.register',
      'cases.dispatch',
      'cases.issueCallOut',
      'cases.rule',
      'cases.followUp',
      'cases.verify',
      'cases.check',
      'cases.close',
      'cases.reveal',
      'cases.handOver',
      'cases.duties',
      'exchange.export',
    ],
  },
  {
    key: 'townshipLead',
    name: '街道（乡镇）负责人',
    nameEn: 'Township lead',
    level: 'township',
    reach: 'township',
    separation: 'work',
    orgKinds: townshipOffices,
    permissions: [
      'cases.read',
      'cases.approveExtension',
      'cases.rule',
      'cases.verify',
      'cases.supervise',
      'cases.confirmDuties',
      'exchange.export',
    ],
  },
  {
    key: 'departmentClerk',
    name: '部门经办人',
    nameEn: 'Department clerk',
    level: 'line',
    reach: 'line',
    separation: 'work',
    orgKinds: lineOffices,
    permissions: ['cases.read', 'cases.handle', 'cases.reveal', 'exchange.export'],
  },
  {
    key: 'departmentLead',
    name: '部门负责人',
    nameEn: 'Department lead',
    level: 'line',
    reach: 'line',
    separation: 'work',
    orgKinds: lineOffices,
    permissions: ['cases.read', 'cases.handle', 'cases.reveal', 'exchange.export'],
  },
  {
    key: 'propertyClerk',
    name: '物业经办人',
    nameEn: 'Property clerk',
    level: 'line',
    reach: 'line',
    separation: 'work',
    orgKinds: ['propertyCompany', 'ownersCommittee'],
    permissions: ['cases.read', 'cases.handle', 'cases.reveal'],
  },
  {
    key: 'countyDispatcher',
    name: '县（区）派遣员',
    nameEn: 'County dispatcher',
    level: 'county',
    reach: 'county',
    separation: 'work',
    orgKinds: countyOffices,
    permissions: [
      'cases.read',
      'cases.open',
      'cases.accept',
      'cases.register',
      'cases.dispatch',
      'cases.issueCallOut',
      'cases.rule',
      'cases.supervise',
      'cases.followUp',
      'cases.verify',
      'cases.check',
      'cases.close',
      'cases.reveal',
      'cases.handOver',
      'cases.duties',
      'exchange.export',
    ],
  },
  {
    key: 'countyLead',
    name: '县（区）领导',
    nameEn: 'County lead',
    level: 'county',
    reach: 'county',
    separation: 'work',
    orgKinds: countyOffices,
    permissions: ['cases.read', 'cases.supervise', 'cases.confirmDuties', 'exchange.export'],
  },
  {
    key: 'systemAdmin',
    name: '系统管理员',
    nameEn: 'System administrator',
    level: 'county',
    reach: 'none',
    separation: 'system',
    orgKinds: administrationOffices,
    permissions: ['access.view', 'access.administer', 'scene.switch'],
  },
  {
    key: 'securityAdmin',
    name: '安全管理员',
    nameEn: 'Security administrator',
    level: 'county',
    reach: 'none',
    separation: 'security',
    orgKinds: administrationOffices,
    permissions: ['access.view', 'access.secure', 'audit.readRefused', 'exchange.decide'],
  },
  {
    key: 'auditAdmin',
    name: '审计管理员',
    nameEn: 'Audit administrator',
    level: 'county',
    reach: 'none',
    separation: 'audit',
    orgKinds: administrationOffices,
    permissions: ['audit.read'],
  },
]

export const en = {
  'rule.elderly-care.sos': 'Call for help',
  'note.汇编 2.5 §(十一)：为老年人提供紧急救援服务；2.12：赶忙按下了智能手环的呼救键':
    'Collection 2.5 §(11): emergency rescue for older people; 2.12: she quickly pressed the call button of her wristband',
  'ladder.elderly-care.contacts': 'Contacts of a call for help',
  'note.汇编 2.5 §(十一)：为老年人提供紧急救援服务；一分钟内接警、十分钟内到场为服务目标（standards 9 [D]）':
    'Collection 2.5 §(11): emergency rescue for older people; answered within a minute and reached within ten are targets of the service (standards 9 [D])',
  'rung.网格员和社区': 'Grid worker and community',
  'rung.街道（乡镇）': 'Township',
  'rung.县（区）值班': 'County duty room',
}

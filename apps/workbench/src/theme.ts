import type { ThemeConfig } from 'antd'
import type { Scale } from './scale.ts'

const factor: Record<Scale, number> = { normal: 1, large: 1.25, elder: 1.5 }

/** The desk's look for antd (colors computed to 4.5:1 text, 3:1 edges); a larger scale grows type and controls together. */
export function deskTheme(scale: Scale): ThemeConfig {
  const px = (size: number) => Math.round(size * factor[scale])
  return {
    token: {
      colorPrimary: '#1a4f98',
      colorLink: '#1a4f98',
      colorInfo: '#1a4f98',
      colorSuccess: '#1d6844',
      colorWarning: '#855000',
      colorError: '#a3261c',
      colorText: '#1b1f24',
      colorTextSecondary: '#454c56',
      colorTextTertiary: '#5b6470',
      colorTextPlaceholder: '#5b6470',
      colorTextDisabled: '#5b6470',
      colorBgLayout: '#f5f6f8',
      colorBgContainer: '#ffffff',
      colorBgMask: 'rgba(27,31,36,.32)',
      colorBorder: '#767d88',
      colorBorderSecondary: '#d5d9df',
      colorSplit: '#e7eaee',
      controlItemBgActive: '#e9eff8',
      controlOutlineWidth: 2,
      lineWidthFocus: 2,
      borderRadius: 8,
      borderRadiusSM: 4,
      borderRadiusLG: 12,
      fontFamily: 'var(--font)',
      fontSize: px(14),
      fontSizeSM: px(13),
      fontSizeLG: px(16),
      lineHeight: 22 / 14,
      controlHeight: px(40),
      controlHeightSM: px(32),
      controlHeightLG: px(48),
      sizeUnit: 4,
      sizeStep: 4,
      boxShadow: 'none',
      boxShadowSecondary: '0 16px 48px rgba(27,31,36,.22),0 2px 8px rgba(27,31,36,.12)',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.12s',
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500, paddingInline: 16 },
      Modal: { titleFontSize: px(20), borderRadiusLG: 12 },
      Input: { activeShadow: '0 0 0 2px #fff,0 0 0 4px #1a4f98' },
      Form: { labelColor: '#1b1f24', itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    },
  }
}

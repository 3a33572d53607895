import { useEffect, useState } from 'react'

const everyMs = 1600

/**
 * Rings while it is asked to, two tones every second or so. A browser lets no page sound before somebody has touched it: until then
 * `isMute` is true, and the page says so instead of being silently silent.
 */
export function useRing(isRinging: boolean): { isMute: boolean; unmute(): void } {
  const [context, setContext] = useState<AudioContext>()
  const isMute = context === undefined
  useEffect(() => {
    if (!context || !isRinging) return
    const ring = () => {
      for (const [index, pitch] of [880, 660].entries()) tone(context, pitch, index * 0.35)
    }
    ring()
    const timer = setInterval(ring, everyMs)
    return () => clearInterval(timer)
  }, [context, isRinging])
  useEffect(() => () => void context?.close(), [context])
  return { isMute, unmute: () => setContext((held) => held ?? new AudioContext()) }
}

function tone(context: AudioContext, pitch: number, after: number): void {
  const start = context.currentTime + after
  const gain = context.createGain()
  gain.gain.setValueAtTime(0.0001, start)
  gain.gain.exponentialRampToValueAtTime(0.4, start + 0.02)
  gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.3)
  const sound = context.createOscillator()
  sound.frequency.value = pitch
  sound.connect(gain).connect(context.destination)
  sound.start(start)
  sound.stop(start + 0.32)
}

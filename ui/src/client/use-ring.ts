import { useCallback, useEffect, useRef, useState } from 'react'

const everyMs = 1600

/**
 * Rings while it is asked to, two tones every second or so. A browser lets no page sound before somebody has touched it: until then
 * `isMute` is true, and the page says so instead of being silently silent.
 */
export function useRing(isRinging: boolean): { isMute: boolean; unmute(): void } {
  const context = useRef<AudioContext>(undefined)
  const [isRunning, setRunning] = useState(false)
  useEffect(() => {
    const sounding = context.current
    if (!sounding || !isRunning || !isRinging) return
    const ring = () => {
      for (const [index, pitch] of [880, 660].entries()) tone(sounding, pitch, index * 0.35)
    }
    ring()
    const timer = setInterval(ring, everyMs)
    return () => clearInterval(timer)
  }, [isRunning, isRinging])
  useEffect(
    () => () => {
      void context.current?.close()
      context.current = undefined
    },
    [],
  )
  const unmute = useCallback(() => {
    try {
      context.current ??= new AudioContext()
      const sounding = context.current
      const look = () => setRunning(sounding.state === 'running')
      sounding.onstatechange = look
      void sounding.resume().catch(() => undefined)
      look()
    } catch {
      // No sound on this device: `isMute` stays true.
    }
  }, [])
  return { isMute: !isRunning, unmute }
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

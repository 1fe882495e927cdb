import { timeLabel } from '../parts/time-axis.ts'

/** A slider over the moments of a run. */
export interface Timeline {
  setMoments(moments: readonly number[]): void
  /** Puts the handle where this time is, and hears nothing of it. */
  setMoment(atMs: number): void
}

/** Builds the slider into `place`; `moved` hears of each moment that the reader goes to. */
export function timeline(place: HTMLElement, moved: (atMs: number) => void): Timeline {
  let moments: readonly number[] = [0]
  const slider = document.createElement('input')
  Object.assign(slider, { type: 'range', min: '0', step: '1' })
  slider.setAttribute('aria-label', 'Moment of the run')
  const label = document.createElement('output')
  const step = (text: string, name: string, distance: number) => {
    const button = document.createElement('button')
    button.textContent = text
    button.setAttribute('aria-label', name)
    button.addEventListener('click', () => goTo(Number(slider.value) + distance))
    return button
  }
  slider.addEventListener('input', () => goTo(Number(slider.value)))
  place.replaceChildren(step('◀', 'One moment back', -1), slider, step('▶', 'One moment on', 1), label)

  function goTo(index: number): void {
    const atMs = moments[Math.min(Math.max(index, 0), moments.length - 1)]
    if (atMs !== undefined) moved(atMs)
  }

  return {
    setMoments(next) {
      moments = next
      slider.max = String(next.length - 1)
    },
    setMoment(atMs) {
      const index = moments.findLastIndex((moment) => moment <= atMs)
      slider.value = String(Math.max(index, 0))
      label.value = `${timeLabel(atMs)}, moment ${index + 1} of ${moments.length}`
    },
  }
}

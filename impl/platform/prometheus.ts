import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { MetricPort } from '../daemon/index.ts'

/** Metrics in the text format of Prometheus, those of the process and its event loop among them. */
export class Prometheus implements MetricPort {
  readonly #registry = new Registry()

  constructor() {
    collectDefaultMetrics({ register: this.#registry })
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  render(): Promise<string> {
    return this.#registry.metrics()
  }

  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read())
      },
    })
  }

  gauges(name: string, help: string, label: string, read: () => Readonly<Record<string, number>>): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.#registry],
      collect() {
        for (const [value, number] of Object.entries(read())) this.set({ [label]: value }, number)
      },
    })
  }

  counter(name: string, help: string, read: () => number): void {
    let before = 0
    new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        const now = read()
        this.inc(now - before)
        before = now
      },
    })
  }

  histogram(name: string, help: string, bounds: readonly number[]): (value: number) => void {
    const histogram = new Histogram({ name, help, buckets: [...bounds], registers: [this.#registry] })
    return (value) => histogram.observe(value)
  }
}

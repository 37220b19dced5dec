/** Counters for the operator: what was answered and how, never who asked or what. */
export class Metrics {
  readonly #counts = new Map<string, number>();

  /** Adds one to `name{labels}`; labels come from fixed lists, never from a person's input. */
  count(name: string, labels: Readonly<Record<string, string>> = {}): void {
    const text = Object.entries(labels)
      .map(([key, value]) => `${key}="${value}"`)
      .join(',');
    const key = text === '' ? name : `${name}{${text}}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Prometheus text format. */
  render(): string {
    const memory = process.memoryUsage().rss;
    const lines = [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `tanya_netral_${key} ${value}`);
    return [
      ...lines,
      `tanya_netral_resident_bytes ${memory}`,
      `tanya_netral_uptime_seconds ${Math.round(process.uptime())}`,
      '',
    ].join('\n');
  }
}

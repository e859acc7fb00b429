/** Keeps groups at rest beyond a run, by name. */
export interface FormedGroups {
  /** As it was kept by the same code; undefined where nothing was, or nothing that can be trusted. */
  read(name: string): unknown
  write(name: string, group: unknown): void
}

/** Ctrl-C as a signal to stop tidily. */

/** Listens until released. Not once: a second Ctrl-C, or npm passing on the first, must not kill us while we tidy up. */
export function listenForInterruption(): { readonly signal: AbortSignal; readonly release: () => void } {
  const interruption = new AbortController()
  const interrupt = () => interruption.abort()
  process.on("SIGINT", interrupt)
  process.on("SIGTERM", interrupt)
  const release = () => {
    process.off("SIGINT", interrupt)
    process.off("SIGTERM", interrupt)
  }
  return { signal: interruption.signal, release }
}

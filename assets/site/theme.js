// Light or dark as the reader's system says, until a button says otherwise; it keeps that for the other pages.
// Runs in the head, so that no page shows itself in the wrong colours first.
;(() => {
  const root = document.documentElement
  const system = matchMedia("(prefers-color-scheme: dark)")
  const now = () => root.dataset.theme ?? (system.matches ? "dark" : "light")
  const other = () => (now() === "dark" ? "light" : "dark")

  // A browser may forbid a page to keep anything; then the choice lasts as long as the page.
  /** @returns {string | null} */
  function kept() {
    try {
      return localStorage.getItem("theme")
    } catch {
      return null
    }
  }

  /** @param {"light" | "dark"} theme */
  function keep(theme) {
    try {
      localStorage.setItem("theme", theme)
    } catch {}
  }

  const chosen = kept()
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen

  addEventListener("DOMContentLoaded", () => {
    const button = /** @type {HTMLButtonElement} */ (document.getElementById("theme"))
    const show = () => {
      button.textContent = other() === "dark" ? "Dark theme" : "Light theme"
      dispatchEvent(new CustomEvent("theme", { detail: now() }))
    }
    button.hidden = false
    button.addEventListener("click", () => {
      const theme = other()
      root.dataset.theme = theme
      keep(theme)
      show()
    })
    system.addEventListener("change", show)
    show()
  })
})()

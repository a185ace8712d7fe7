// Runs before the first paint, so that a chosen theme does not flash (src/frame/Shell.tsx stores it).
try {
  document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'system'
} catch {
  // The browser blocks its store: the theme follows the system.
}

// Where the app itself does not load, or does not run: words, and no blank page.
addEventListener(
  'error',
  () => {
    const isBlank = document.getElementById('root')?.hasChildNodes() === false
    if (isBlank) document.getElementById('not-loaded').hidden = false
  },
  true,
)

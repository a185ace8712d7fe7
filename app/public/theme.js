// Runs before the first paint, so that a chosen theme does not flash (src/frame/Shell.tsx stores it).
try {
  document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'system'
} catch {
  // The browser blocks its store: the theme follows the system.
}

import type { Theme } from '../../shared/preferences.ts'

/** Sets the page's theme from the preference and the system's own, and follows both. */
export function followTheme(wanted: () => Theme): void {
  const query = window.matchMedia('(prefers-color-scheme: dark)')
  let isSystemDark = $state(query.matches)
  $effect(() => {
    const listen = (event: MediaQueryListEvent): void => {
      isSystemDark = event.matches
    }
    query.addEventListener('change', listen)
    return () => {
      query.removeEventListener('change', listen)
    }
  })
  $effect(() => {
    const theme = wanted()
    const isDark = theme === 'dark' || (theme === 'system' && isSystemDark)
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  })
}

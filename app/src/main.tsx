import '#ui/tokens.css'
import '#ui/base.css'
import { createRoot } from 'react-dom/client'
import { keepAccountFresh } from '#api/account-refresh.ts'
import { App } from '#frame/App.tsx'
import { keepFocus } from '#ui/focus.ts'

keepAccountFresh()
keepFocus()

createRoot(document.getElementById('root') as HTMLElement).render(<App />)

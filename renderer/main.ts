import { mount } from 'svelte'
import type { MusetteBridge } from '../shared/ipc-contract.ts'
import App from './App.svelte'
import { preloadBridge } from './bridge/bridge.ts'
import { httpBridge, takeToken } from './bridge/http-bridge.ts'
import './styles/tokens.css'
import './styles/base.css'

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser. */
    readonly musette?: MusetteBridge
  }
}

const target = document.getElementById('app')
if (target === null) throw new Error('index.html has no #app')
const preload = window.musette
const bridge = preload === undefined ? httpBridge(takeToken() ?? '') : preloadBridge(preload)
mount(App, { target, props: { bridge } })

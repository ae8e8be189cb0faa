// jsdom lacks what the window asks the browser for.
Object.assign(window, {
  matchMedia: (query: string): MediaQueryList =>
    Object.assign(new EventTarget(), {
      matches: false,
      media: query,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    }),
  ResizeObserver: class {
    observe(): void {
      // Nothing has a size here.
    }
    unobserve(): void {
      // As above.
    }
    disconnect(): void {
      // As above.
    }
  },
})

// It knows dialogs, but not how to open one.
Object.assign(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement): void {
    this.open = true
    this.querySelector<HTMLElement>('button, input')?.focus()
  },
  close(this: HTMLDialogElement): void {
    this.open = false
  },
})

// It lays nothing out, so there is nothing to scroll.
Element.prototype.scrollIntoView = () => undefined

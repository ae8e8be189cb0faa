/** jsdom lays nothing out: gives every element this width and height, and scrolling that is told. */
export function giveSizes(width: number, height: number): void {
  Object.defineProperties(HTMLElement.prototype, {
    clientWidth: { configurable: true, get: () => width },
    clientHeight: { configurable: true, get: () => height },
    scrollHeight: { configurable: true, get: () => 1e9 },
  })
  Object.assign(HTMLElement.prototype, {
    scrollTo(this: HTMLElement, to: ScrollToOptions): void {
      this.scrollTop = to.top ?? this.scrollTop
      this.dispatchEvent(new Event('scroll'))
    },
  })
}

/** jsdom's dialogs know neither modal nor close. */
export function giveDialogs(): void {
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement): void {
      this.open = true
      this.querySelector('button')?.focus()
    },
    close(this: HTMLDialogElement): void {
      this.open = false
    },
  })
}

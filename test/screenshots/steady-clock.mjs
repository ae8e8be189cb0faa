/*
 * Preloaded into Musette while its pictures are taken: its clock runs, but from the moment the pictures are to show, so
 * that they are the same on any day. In every thread, since `--import` is.
 */
const offsetMs = Number(process.env['PICTURE_CLOCK_OFFSET_MS'])
const RealDate = Date
const realNow = Date.now.bind(Date)

RealDate.now = () => realNow() + offsetMs
globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(RealDate.now()).toString(),
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [RealDate.now()] : args, newTarget),
})

export { type PinnedStatement, type PinSockets, pinStatement } from "./pin-statement";

export { boardFaultText } from '@jotc/core/board'

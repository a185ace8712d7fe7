import { detailsFaultText } from '@jotc/core/person'

export const t = { fault: detailsFaultText }

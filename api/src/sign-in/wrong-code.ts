import { Refusal } from '../http/refusals.ts'

export class WrongCode extends Refusal {
  override readonly triesLeft: number

  constructor(triesLeft: number) {
    const rest = triesLeft === 0 ? 'Ask for a new one.' : `${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.`
    const message = `This is not the code of the mail. ${rest}`
    super(400, message, { errors: [{ field: 'code', message }] })
    this.triesLeft = triesLeft
  }
}

import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** Takes every mail, and prints each as a line of JSON. */
new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, { envelope }, done) {
    text(stream).then((source) => {
      console.log(JSON.stringify({ to: envelope.rcptTo[0]?.address, source }))
      done()
    }, done)
  },
}).listen(2525)

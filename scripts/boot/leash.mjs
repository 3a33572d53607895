/**
 * Ends a program whose boot was killed: somebody who kills `npm start` outright means all of it, and a platform left
 * behind would hold the port against the next start. It dies as it would have by the same signal; nothing acknowledged is lost.
 */
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  // Must not keep a program alive that has nothing more to do.
  process.channel.unref()
}

// Preloaded into web and worker: when the supervisor is gone, however it went, they end too. An orphan is given to
// another parent, which is how it notices. Their own children inherit this file and are left alone.
const supervisor = Number(process.env.LEADWRIGHT_SUPERVISOR);
if (process.ppid === supervisor) {
  setInterval(() => {
    if (process.ppid !== supervisor) process.exit(0);
  }, 500).unref();
}

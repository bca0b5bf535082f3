// Preloaded into web and worker: when the supervisor is gone, however it went, they end too.
if (process.channel) {
  process.on("disconnect", () => process.exit(0));
  process.channel.unref();
}

// Preloaded into every Node child: when the supervisor dies, even by SIGKILL, the channel closes and the child leaves.
process.once("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 3000).unref();
});
process.channel?.unref?.();

// Preloaded into every Node child: when the supervisor dies, even by SIGKILL, the channel closes and the child leaves.
// The channel stays referenced: a child of this child is preloaded too, and may have nothing but its channel to live for.
process.once("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 3000).unref();
});

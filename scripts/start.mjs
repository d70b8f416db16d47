// Brings up everything that is missing, then Benchwright itself, and keeps it running: `npm start [-- --dev]`.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Cannot go on: Benchwright needs Node.js 20.19 or newer and this is ${process.versions.node}; install a newer one.`);
  process.exit(1);
}
const { createInstance } = await import("./lib/instance.mjs");
const { report } = await import("./lib/problem.mjs");

let leaving;
function leave(status) {
  leaving ??= (async () => {
    if (status === 0) console.log("Stopping.");
    await instance?.stop();
    process.exit(status);
  })();
  return leaving;
}

let instance;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => leave(0));
try {
  instance = createInstance({ isDevelopment: process.argv.includes("--dev"), onFatal: (error) => leave(report(error)) });
  await instance.start();
} catch (error) {
  await leave(report(error));
}

const PASSED_ON = /^(PATH|HOME|USER|LOGNAME|LANG|LC_.*|TZ|TMPDIR|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE)$/;

/** The environment of programs that run other people's code: what a program needs of the system, and no secret. */
export function cleanEnvironment(variables = process.env) {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => PASSED_ON.test(name)));
}

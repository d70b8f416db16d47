import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Problem } from "./problem.mjs";

/** PostgreSQL refuses to run as root: the user it runs as then, or nothing where this process is somebody already. */
export function postgresUser() {
  if (process.getuid?.() !== 0) return {};
  if (lookUp("postgres") === undefined) spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
  const found = lookUp("postgres") ?? lookUp("nobody");
  if (found === undefined) throw new Problem("PostgreSQL cannot run as root and no user postgres could be made; start as another user.");
  return found;
}

function lookUp(name) {
  try {
    const id = (flag) => Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

/** Whether every folder on the way there may be passed by everybody. */
export function isReachable(target) {
  for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/**
 * Where the server's files and programs lie, and as whom it runs: `{ data, native, user, through }`. Started by root from a
 * folder closed to others (such as /root), the server's own user could reach neither. It then runs as the folder's owner,
 * whom a user namespace shows to it under the name of that user (`through` is the command for that). Where the system has
 * no such namespaces, both lie under /var/lib/benchwright, and the data folder holds a link.
 */
export function serverPlaces(folders, native, user) {
  const places = { data: folders.postgres, native, user, through: [] };
  if (user.uid === undefined) return places;
  if (!isReachable(folders.base)) openOwn(folders.base);
  const mapped = ["unshare", "--user", `--map-user=${user.uid}`, `--map-group=${user.gid}`, "--"];
  if (isOwnFolder(folders.postgres) || (!isReachable(folders.postgres) && !existsSync(folders.postgres) && works(mapped))) {
    return { ...places, user: {}, through: mapped };
  }
  return shelteredPlaces(folders, places);
}

/** Whether the folder is there and was made for a server that runs as this user. */
function isOwnFolder(folder) {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found !== undefined && !found.isSymbolicLink() && found.uid === 0;
}

function works([command, ...args]) {
  return spawnSync(command, [...args, "true"], { stdio: "ignore" }).status === 0;
}

function shelteredPlaces(folders, found) {
  const places = { ...found };
  const { native } = found;
  if (lstatSync(folders.postgres, { throwIfNoEntry: false })?.isSymbolicLink()) {
    places.data = readlinkSync(folders.postgres);
    mkdirSync(places.data, { recursive: true });
  } else if (!isReachable(folders.postgres)) {
    if (existsSync(folders.postgres)) {
      throw new Problem(`${folders.postgres} cannot be reached by the user postgres; make the folders above it passable (chmod o+x).`);
    }
    places.data = path.join("/var/lib/benchwright", folders.id, "postgres");
    mkdirSync(places.data, { recursive: true });
    symlinkSync(places.data, folders.postgres);
  }
  if (!isReachable(path.join(native, "bin/postgres"))) {
    places.native = path.join("/var/lib/benchwright", `server-${statSync(path.join(native, "bin/postgres")).size}`);
    if (!existsSync(path.join(places.native, "bin/postgres"))) cpSync(native, places.native, { recursive: true, verbatimSymlinks: true });
  }
  return places;
}

/** The data folder itself is ours: others may pass through it, not list it. */
function openOwn(folder) {
  const mode = statSync(folder).mode & 0o777;
  if ((mode & 0o001) === 0) chmodSync(folder, mode | 0o011);
}

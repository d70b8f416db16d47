const LONGEST = 64;

/** A name as an id of ours: letters, digits, `_` and `-`, starting with a letter. */
export function plainId(name: string, otherwise: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_-]+/g, "_").replace(/^[^A-Za-z]+/, "");
  return plain.slice(0, LONGEST) || otherwise;
}

/** Gives each name an id that no other has. */
export function freeIds(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const plain = plainId(name, "task");
    let id = plain;
    for (let number = 2; taken.has(id); number += 1) {
      const behind = `_${number}`;
      id = plain.slice(0, LONGEST - behind.length) + behind;
    }
    taken.add(id);
    return id;
  };
}

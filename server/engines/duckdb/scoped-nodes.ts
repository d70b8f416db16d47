export type TreeNode = { [key: string]: unknown };

/** A node of a parse tree, and the names of the common table expressions (in lower case) that it can see. */
export type ScopedNode = { node: TreeNode; ctes: ReadonlySet<string> };

type Cte = { key: string; value: unknown };

/**
 * Every object of a parse tree, without recursion: statements may nest deeply. An expression sees those before it in its
 * list, not itself; what is recursive sees itself in its second part alone.
 */
export function* scopedNodes(root: unknown): Iterable<ScopedNode> {
  const open: Open[] = [{ value: root, ctes: new Set() }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, ctes } = next;
    if (value === null || typeof value !== "object") continue;
    if (Array.isArray(value)) {
      for (const child of value) open.push({ value: child, ctes });
      continue;
    }
    const node = value as TreeNode;
    yield { node, ctes };
    // The value of a constant is data, whatever it looks like.
    if (node.class !== "CONSTANT") open.push(...childrenOf(node, ctes));
  }
}

type Open = { value: unknown; ctes: ReadonlySet<string> };

function childrenOf(node: TreeNode, ctes: ReadonlySet<string>): Open[] {
  const children: Open[] = [];
  let visible = ctes;
  for (const { key, value } of cteMap(node)) {
    children.push({ value, ctes: visible });
    visible = withName(visible, key);
  }
  for (const [key, value] of Object.entries(node)) {
    if (key !== "cte_map") children.push({ value, ctes: seenBy(node, key, visible) });
  }
  return children;
}

function seenBy(node: TreeNode, key: string, visible: ReadonlySet<string>): ReadonlySet<string> {
  if (typeof node.cte_name !== "string") return visible;
  const isInside =
    (node.type === "RECURSIVE_CTE_NODE" && key === "right") || (node.type === "CTE_NODE" && key === "child");
  return isInside ? withName(visible, node.cte_name) : visible;
}

const withName = (names: ReadonlySet<string>, name: string): ReadonlySet<string> =>
  new Set([...names, name.toLowerCase()]);

function cteMap(node: TreeNode): Cte[] {
  const { map } = (node.cte_map ?? {}) as { map?: unknown };
  return Array.isArray(map) ? (map as Cte[]) : [];
}

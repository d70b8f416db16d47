import pg from "pg";

/** The shop's first day, and how many days it has sold. */
export const FIRST_DAY = "2025-01-01";
export const DAYS = 200;
const ORDERS_A_DAY = 30;
const ITEMS_AN_ORDER = 3;
const PRODUCTS = 20;
export const ROWS = {
  orders: DAYS * ORDERS_A_DAY,
  order_items: DAYS * ORDERS_A_DAY * ITEMS_AN_ORDER,
  products: PRODUCTS,
  product_categories: PRODUCTS,
  inventory: PRODUCTS,
};

/** A database of a shop on the server at `address`: a user of its own may read it, and nothing else. */
export function shopDatabase(address: string, { database, role, password }: Record<string, string>) {
  async function on(where: string, ...statements: string[]): Promise<void> {
    const url = Object.assign(new URL(address), { pathname: `/${where}` });
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }
  const drop = () =>
    on("postgres", `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`, `DROP ROLE IF EXISTS ${role}`);

  return {
    drop,
    async create(): Promise<void> {
      await drop();
      await on("postgres", `CREATE ROLE ${role} LOGIN PASSWORD '${password}'`, `CREATE DATABASE ${database}`);
      await on(
        String(database),
        "CREATE SCHEMA shopify",
        "CREATE SCHEMA inventory",
        `CREATE TABLE shopify.orders (
           order_id bigint PRIMARY KEY, order_date timestamp NOT NULL, updated_at timestamptz NOT NULL)`,
        `INSERT INTO shopify.orders
           SELECT i, day, day AT TIME ZONE 'UTC'
           FROM generate_series(1, ${ROWS.orders}) AS i,
             LATERAL (SELECT timestamp '${FIRST_DAY} 09:00' + ((i - 1) / ${ORDERS_A_DAY}) * interval '1 day' AS day) AS days`,
        `CREATE TABLE shopify.order_items (
           order_item_id bigint PRIMARY KEY, order_id bigint NOT NULL, product_id int NOT NULL, quantity int NOT NULL,
           unit_price numeric(10,2) NOT NULL, discount numeric(4,2) NOT NULL)`,
        // More is sold at weekends, and some products sell better than others.
        `INSERT INTO shopify.order_items
           SELECT (o.order_id - 1) * ${ITEMS_AN_ORDER} + j, o.order_id, product,
             1 + (o.order_id + j) % 3 + CASE WHEN extract(isodow FROM o.order_date) >= 6 THEN 2 ELSE 0 END + product % 4,
             4 + product * 0.75, CASE WHEN o.order_id % 10 = 0 THEN 0.10 ELSE 0 END
           FROM shopify.orders AS o, generate_series(1, ${ITEMS_AN_ORDER}) AS j,
             LATERAL (SELECT 1 + ((o.order_id * 7 + j * 13) % ${PRODUCTS})::int AS product) AS chosen`,
        `CREATE TABLE shopify.products (product_id int PRIMARY KEY, title text NOT NULL, updated_at timestamptz NOT NULL)`,
        `INSERT INTO shopify.products
           SELECT i, 'Product ' || i, timestamptz '2025-01-01Z' FROM generate_series(1, ${PRODUCTS}) AS i`,
        `CREATE TABLE shopify.product_categories (
           product_id int PRIMARY KEY, category text NOT NULL, subcategory text NOT NULL, seasonal_flag boolean NOT NULL)`,
        `INSERT INTO shopify.product_categories
           SELECT i, (ARRAY['Electronics', 'Kitchen', 'Garden', 'Toys'])[1 + i % 4], 'Shelf ' || i % 8, i % 5 = 0
           FROM generate_series(1, ${PRODUCTS}) AS i`,
        `CREATE TABLE inventory.inventory (
           product_id int PRIMARY KEY, quantity_on_hand int NOT NULL, reorder_point int NOT NULL)`,
        `INSERT INTO inventory.inventory SELECT i, i * 11 % 90, 25 FROM generate_series(1, ${PRODUCTS}) AS i`,
        `GRANT USAGE ON SCHEMA shopify, inventory TO ${role}`,
        `GRANT SELECT ON ALL TABLES IN SCHEMA shopify, inventory TO ${role}`,
      );
    },
  };
}

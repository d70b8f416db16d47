"""Where tables live: the catalog, the files of the warehouse, and the engine that rewrites them."""

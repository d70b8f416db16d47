"""Questions to results that were kept: rows, orders, windows of orders, exports. No statement is run again for them."""

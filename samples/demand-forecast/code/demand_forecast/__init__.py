"""Daily demand of product categories, 14 days ahead."""

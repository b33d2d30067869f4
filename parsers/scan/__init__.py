"""Pictures of pages: prepared, read by engines, doubted, and read again where nothing proves them."""

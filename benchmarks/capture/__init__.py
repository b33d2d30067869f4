"""The capture benchmark: invented orders drawn as documents of many kinds, read by the shipped reader and judged by field."""

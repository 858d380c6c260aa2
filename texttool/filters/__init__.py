"""The filters. Each module gives its ``RULES``, in running order."""

# The order of filters, written down here and nowhere else. Punctuation comes behind unwrap: a mark at a line start has
# its left neighbour only after the join, and the other order was measured not to be idempotent.
ORDER = ("decode", "mojibake", "unicode", "furniture", "unwrap", "punct", "convert", "structure", "dedup")

# Whose punctuation a text takes; the first finds it from the text.
AUTO = "auto"
LOCALES = (AUTO, "zh-CN", "zh-TW", "zh-HK", "ja")

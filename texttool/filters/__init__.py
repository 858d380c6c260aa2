"""The filters. Each module gives its ``RULES``, in running order; the order of filters is ``rulebook.ORDER``."""

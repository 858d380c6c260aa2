"""What a text is like, in figures: no file is opened here and nothing printed. ``doctor``, ``stats`` and ``report``
show these figures, and none of them has any of its own.
"""

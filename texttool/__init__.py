"""texttool turns bad text into clean text and keeps a corpus clean. Nothing is lost silently."""

__version__ = "0.1.0"

"""Tables of communication, one noun per file."""

from communication.models.acknowledgement import Acknowledgement
from communication.models.delivery import Delivery
from communication.models.notice import Notice
from communication.models.reading import Reading

__all__ = ["Acknowledgement", "Delivery", "Notice", "Reading"]

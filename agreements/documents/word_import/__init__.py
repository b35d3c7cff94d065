"""Taking in Word files. ``reader.read_word`` turns the bytes of a .docx into plain data; ``placing``, ``action_plan``
and ``proposals`` say where it may go. Nothing here touches a database.
"""

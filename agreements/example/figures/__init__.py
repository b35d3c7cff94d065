"""Charts of the example, drawn from the value table that stands beside them in the text."""

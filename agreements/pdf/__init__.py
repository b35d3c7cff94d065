"""Frozen texts turned into pages: the agreement, an annex, a decision record, contact sheets and redlines."""

"""Loading the example content (agreements.example) into a portal: rows as they would have come about in use."""

"""What pages show, put together from the facts."""

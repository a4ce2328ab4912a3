"""What can go wrong with a nightly run, done on purpose."""

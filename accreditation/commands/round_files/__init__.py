"""The files of a round as a college keeps them: reviewers, services, conflicts, travel times, seats that must stand."""

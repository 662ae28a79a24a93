"""What can be observed of a possible primary key: one signal a file, collected by its constant `SIGNAL`."""

"""What can be observed of a possible foreign key: one signal a file, collected by its constant `SIGNAL`."""

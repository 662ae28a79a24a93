"""What can be observed of a possible foreign key of several columns: one signal a file, collected by `SIGNAL`."""

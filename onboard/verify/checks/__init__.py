"""One check a file, each declaring `CHECK`; collected by `onboard.verify.verify`."""

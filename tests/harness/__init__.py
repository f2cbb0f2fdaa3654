"""What tests of whole programs share: an installation of kiphan in a directory of its own."""

"""How fast the whole way is, beside other libraries on the same machine in the same run: `make bench`."""

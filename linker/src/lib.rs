//! Relocatable ELF objects to one executable image.

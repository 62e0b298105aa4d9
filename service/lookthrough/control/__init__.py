"""The mathematics of ownership rules over plain frozen records: no I/O, no clock, no logging."""

"""What follows from a profile and a vocabulary, and is not stored in its JSON.

`derive(profile, vocabulary)` is the one place that says which skills a profile has, how senior it is and
where it is; filters, facets, counts, reasons and the headline all read its `Facts`.
"""

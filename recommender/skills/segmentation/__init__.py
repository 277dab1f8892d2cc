"""Run-together skill lists of one page, taken apart all together.

"team healthcollaborationSearch Infrastructure" has lost its separators. The best cuts are those of the cheapest path
through each run (Viterbi), where words cost what wordfreq says, names of the vocabulary cost little, and a cut costs
more the less its letters look like one (lower case before a capital looks most like it). The lists of a page repeat
each other's skills beside other neighbours: a cut that another list shows for certain is cheaper, and so is, in a
second pass, a skill that another list was found to hold. Case is kept as written.

A space never parts two skills (the page put nothing between them), so every cut falls within a written word.
"""

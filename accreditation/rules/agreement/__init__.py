"""How far independent reviewers agree: per domain and scheme, per criterion, and each reviewer beside the others.

    values      what is handed in: visits with what each reviewer rated alone, and what was settled
    comparing   which answers can be set beside each other, on which scale, as which number
    reading     what several said of one criterion together, as numbers; what was read once is known
    alpha       Krippendorff's alpha with an interval by resampling visits
    dividing    which criteria divide reviewers, corrected for looking at many
    severity    how much lower or higher one reviewer rates than the others on the same criteria
    whole       all of it for the visits of a round, an edition or a scheme
    one         one reviewer: severity and consistency; and an exercise beside its reference

Statistics use floating-point numbers; nothing here decides an award. A figure is given with enough data or not at all:
each file states its thresholds and why. Same input, same figures: for so many visits the draws are always the same.
"""

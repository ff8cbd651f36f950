# ruff: noqa: E501  (what an author reads stands here in one piece)
"""Every kind of fault of meaning in a scheme that uses the whole language, each with the exact words its author reads."""

import pytest

from accreditation.errors import StandardsFaulty
from accreditation.scheme.check import MOST, problems_of_scheme
from accreditation.scheme.figure import FIGURES
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from tests.building import built, small
from tests.everything import CASES, FILES, MEASURES, changed

SCHEME_FILE, SAFETY_FILE, MEASURES_FILE, CASES_FILE = FILES

# fmt: off
FAULTS = [
    ("an unknown score", SCHEME_FILE, "{score: sum, at_least: 40", "{score: sun, at_least: 40", ["scheme.yaml:100:37: there is no score 'sun' (did you mean sum?); allowed here: share_met, per_standard, ladder, letters, sum"]),
    ("an unknown score whose points are taken", SCHEME_FILE, "level_points: share_met", "level_points: share_mett", ["scheme.yaml:83:58: there is no score 'share_mett' (did you mean share_met?); allowed here: share_met, per_standard, ladder, letters, sum"]),
    ("an unknown score whose level is asked for", SCHEME_FILE, "level: ladder, at_least: one", "level: lader, at_least: one", ["scheme.yaml:117:18: there is no score 'lader' (did you mean ladder?); allowed here: share_met, per_standard, ladder, letters, sum"]),
    ("an unknown level", SCHEME_FILE, "level: ladder, at_least: one", "level: ladder, at_least: onne", ["scheme.yaml:117:33: there is no level 'onne' in 'ladder' (did you mean one?); allowed here: two, one"]),
    ("an unknown level among several", SCHEME_FILE, "is: [top, bottom]", "is: [top, botom]", ["scheme.yaml:124:38: there is no level 'botom' in 'letters' (did you mean bottom?); allowed here: top, bottom"]),
    ("a level of a score without levels", SCHEME_FILE, "level: ladder, at_least: one", "level: sum, at_least: one", ["scheme.yaml:117:18: the score 'sum' has no levels; a score with bands, ladder or levels; or compare its number, with score:"]),
    ("a group of a score that has none", SCHEME_FILE, "{score: sum, at_least", "{score: sum, of: S1, at_least", ["scheme.yaml:100:49: 'sum' is one for the whole, and has no 'S1'; leave of out, or write per: in the score"]),
    ("a group that is not there", SCHEME_FILE, "of: S1}", "of: S9}", ["scheme.yaml:91:46: there is no standard 'S9'; allowed here: S1, S2"]),
    ("a score of every group without a group", SCHEME_FILE, "{score: sum, at_least", "{score: per_standard, at_least", ["scheme.yaml:100:37: 'per_standard' is worked out for every standard, and it is not said for which; of: one standard, or look at it within each: standard"]),
    ("a score that refers to itself", SCHEME_FILE, "{constant: 1}, {score: share_met}", "{constant: 1}, {score: sum}", ["scheme.yaml:83:37: 'sum' is worked out from itself; scores that are worked out from others, and end somewhere"]),
    ("scores in a circle", SCHEME_FILE, 'figure: {percent_of_points: {domain: "1"}}', "figure: {score: sum}", ["scheme.yaml:52:5: a circle: share_met -> sum -> share_met; scores that are worked out from others, and end somewhere"]),
    ("a level said twice", SCHEME_FILE, "level: two", "level: one", ["scheme.yaml:67:10: the level 'one' is here a second time; each once"]),
    ("a level called none", SCHEME_FILE, "level: two", "level: none", ["scheme.yaml:67:10: 'none' is the word for no level at all; any other id"]),
    ("bands that overlap", SCHEME_FILE, "at_least: 50, below: 80", "at_least: 50, at_most: 80", ["scheme.yaml:38:7: this band (at least 80) overlaps the band 'at least 50 and at most 80'; bands that share no number: at_least beside below, or above beside at_most"]),
    ("bands with a gap", SCHEME_FILE, "{above: 50, level: good}", "{above: 60, level: good}", ["scheme.yaml:61:9: a gap: what lies between 50 and 60 is neither at most 50 nor more than 60; bands that leave no number out; at_least beside below, or round the score"]),
    ("a gap that rounding never gives", SCHEME_FILE, "at_least: 50, below: 80", "at_least: 50, at_most: 79", []),
    ("a band of nothing", SCHEME_FILE, "at_least: 50, below: 80", "at_least: 80, below: 50", ["scheme.yaml:39:7: no number is at least 80 and less than 50; a band that begins below its end"]),
    ("bands that end where points are counted with", SCHEME_FILE, "{below: 50, level: low", "{at_least: 0, below: 50, level: low", ["scheme.yaml:40:8: what lies outside the lowest band (at least 0 and less than 50) gives no points, and they are counted with; leave at_least out here"]),
    ("points missing where they are counted with", SCHEME_FILE, "level: middle, points: 1", "level: middle", ["scheme.yaml:50:3: the points of 'share_met' are counted with, and there are none for middle; points beside every level"]),
    ("points in no order", SCHEME_FILE, "level: middle, points: 1", "level: middle, points: 3", ["scheme.yaml:54:5: the points of the bands neither fall nor rise from the first to the last; list the bands from the best level to the worst"]),
    ("an unknown band table", SCHEME_FILE, "bands: overall", "bands: overal", ["scheme.yaml:54:5: there is no band table 'overal' (did you mean overall?); allowed here: overall"]),
    ("a band table nothing uses", SCHEME_FILE, "bands:\n  overall:", "bands:\n  spare: [{at_least: 1, level: A}]\n  overall:", ["scheme.yaml:37:3: nothing uses this band table: 'spare'; name it in a score or a measure, with bands:; or delete it"]),
    ("no bands at all", SCHEME_FILE, "bands:\n  overall:", "bands:\n  spare: []\n  overall:", ["scheme.yaml:37:3: no bands; at least one band"]),
    ("a score nothing uses", SCHEME_FILE, "scores:\n", "scores:\n  spare: {title: Spare, figure: {constant: 1}}\n", ["scheme.yaml:50:3: nothing uses this score: 'spare'; name it in a rule, show it with published: true, or expect it in a worked case; or delete it"]),
    ("a score that only a case names", SCHEME_FILE, "published: true", "published: false", []),
    ("a scale nothing uses", SCHEME_FILE, "scales:\n", "scales:\n  spare: {a: {title: A, counts_as_met: true}, b: {title: B, counts_as_met: false}}\n", ["scheme.yaml:21:3: nothing uses this scale: 'spare'; name it in a criterion, with scale: or self_scale:; or delete it"]),
    ("a type no criterion has", SCHEME_FILE, "types:\n", "types:\n  spare: {title: Spare, meaning: None.}\n", ["scheme.yaml:14:3: no criterion is of this type: 'spare'; give a criterion this type; or delete it"]),
    ("a fact nothing depends on", SCHEME_FILE, "profile:\n", "profile:\n  spare: {question: Spare?}\n", ["scheme.yaml:10:3: nothing depends on this fact: 'spare'; name it under applies_when or in a rule, and ask nobody for what is not needed; or delete it"]),
    ("a scale upside down among others", SCHEME_FILE, "A: {title: A, counts_as_met: true, points: 3}", "A: {title: A, counts_as_met: false, points: 3}", ["scheme.yaml:21:3: the scale cannot tell met from not met; at least one rating of each"]),
    ("points in a scale in no order", SCHEME_FILE, "counts_as_met: true, points: 10", "counts_as_met: true, points: 1", ["scheme.yaml:16:1: the points neither fall nor rise from the first rating to the last; list ratings from the best to the worst"]),
    ("points that are penalties", SCHEME_FILE, "    A: {title: A, counts_as_met: true, points: 3}", "    A: {title: A, counts_as_met: true, points: 0}", []),
    ("points for some ratings", SCHEME_FILE, "counts_as_met: true, points: 5", "counts_as_met: true", ["scheme.yaml:16:1: points for some ratings, none for half; points for all, or none"]),
    ("an unknown scale of the team", SCHEME_FILE, "self_scale: own", "self_scale: ours", ["scheme.yaml:27:1: there is no scale 'ours'; allowed here: letters, own"]),
    ("an unknown scale of a criterion", MEASURES_FILE, "  scale: letters", "  scale: leters", ["criteria/measures.yaml:10:3: there is no scale 'leters' (did you mean letters?); allowed here: letters, own"]),
    ("an unknown scale of the team in a criterion", MEASURES_FILE, "  self_scale: letters", "  self_scale: leters", ["criteria/measures.yaml:11:3: there is no scale 'leters' (did you mean letters?); allowed here: letters, own"]),
    ("a band that gives no rating of the scale", MEASURES_FILE, "{below: 90, level: B}", "{below: 90, level: C}", ["criteria/measures.yaml:16:21: there is no rating 'C' on the scale of criterion 2.02; allowed here: A, B"]),
    ("a gap in a measure", MEASURES_FILE, "{below: 90, level: B}", "{below: 80, level: B}", ["criteria/measures.yaml:15:9: a gap: what lies between 80 and 90 is neither less than 80 nor at least 90; bands that leave no number out; at_least beside below, or round the score"]),
    ("a formula that gives the same to all", MEASURES_FILE, "times: -2", "times: 0", ["criteria/measures.yaml:5:38: times 0: every value would earn the same points; any other number"]),
    ("a formula with its ends swapped", MEASURES_FILE, "at_least: 0", "at_least: 200", ["criteria/measures.yaml:5:74: at_least 200 is not below at_most 100; at_least below at_most"]),
    ("a formula without a cap", MEASURES_FILE, "at_most: 100, ", "", ["criteria/measures.yaml:5:28: points without a cap, and no number to reach: nothing would ever count as met; at_most in the formula, or at_least or at_most in the measure"]),
    ("a share of points without a cap", SAFETY_FILE, "type: extra, standard: S2a, tags: blood}", "type: extra, standard: S2a, tags: blood, measure: {unit: x, at_least: 3, formula: {times: 1}}}", ["scheme.yaml:52:14: criterion 1.02 earns points by a formula without a cap: of how many, nobody can say; at_most in its formula, or another class", "scheme.yaml:109:12: criterion 1.02 earns points by a formula without a cap: of how many, nobody can say; at_most in its formula, or another class"]),
    ("a series over one thing twice", MEASURES_FILE, "each: quarter", "each: unit", ["criteria/measures.yaml:23:80: 'unit' is here a second time; each once"]),
    ("a standard that is not there", SAFETY_FILE, "standard: S1", "standard: S7", ["criteria/safety.yaml:5:3: there is no standard or section 'S7' in domain '1'; allowed here: S1, S2, S2a"]),
    ("a criterion outside standards that a mean goes over", SAFETY_FILE, "  standard: S1\n", "", ['scheme.yaml:46:9: no criterion is in standard \'S1\'; write one that says standard: "S1", or delete this', "scheme.yaml:89:22: criterion 1.01 is in no standard, and would be left out of the mean; standard: in each of these criteria"]),
    ("a standard said twice", SCHEME_FILE, "{id: S2a, title: Part a}", "{id: S1, title: Part a}", ["criteria/safety.yaml:12:71: there is no standard or section 'S2a' in domain '1' (did you mean S2?); allowed here: S1, S2", "scheme.yaml:47:45: the id 'S1' is used for another standard or section; each id once", "scheme.yaml:86:54: there is no standard or section 'S2a' (did you mean S2?); allowed here: S1, S2"]),
    ("a standard without criteria", SCHEME_FILE, "- {id: S1, title: First}", "- {id: S0, title: None}\n      - {id: S1, title: First}", ['scheme.yaml:46:9: no criterion is in standard \'S0\'; write one that says standard: "S0", or delete this']),
    ("a section without criteria", SCHEME_FILE, "[{id: S2a, title: Part a}]", "[{id: S2a, title: Part a}, {id: S2b, title: Part b}]", ['scheme.yaml:47:70: no criterion is in section \'S2b\'; write one that says standard: "S2b", or delete this']),
    ("a domain without criteria", MEASURES_FILE, MEASURES, "[]\n", ["scheme.yaml:48:5: no criterion is in domain '2'; write one in criteria/measures.yaml, or delete this", "scheme.yaml:86:26: there is no criterion '2.01' (did you mean 1.01?); allowed here: 1.01, 1.02, 1.03", "scheme.yaml:110:12: there is no criterion '2.01' (did you mean 1.01?); allowed here: 1.01, 1.02, 1.03"]),
    ("a weight of nothing", SAFETY_FILE, "weight: 2", "weight: 0", ["criteria/safety.yaml:8:3: a weight of 0; a number above 0; leave it out for 1"]),
    ("evidence asked for twice", SAFETY_FILE, "evidence: [{title: Job plan, required: true", "evidence: [{title: Job plan, required: false}, {title: Job plan, required: true", ["criteria/safety.yaml:10:50: the evidence 'Job plan' is here a second time; each once"]),
    ("a tag said twice", SAFETY_FILE, "[blood, people]", "[blood, blood]", ["criteria/safety.yaml:7:17: the tag 'blood' is here a second time; each once"]),
    ("an unknown tag", SCHEME_FILE, "{tag: blood}", "{tag: bload}", ["scheme.yaml:85:62: there is no tag 'bload' (did you mean blood?); allowed here: blood, people"]),
    ("an unknown standard in a rule", SCHEME_FILE, "{standard: S2a}", "{standard: S2b}", ["scheme.yaml:86:54: there is no standard or section 'S2b' (did you mean S2?); allowed here: S1, S2, S2a"]),
    ("an unknown criterion in a rule", SCHEME_FILE, '{every: {type: core, domain: "1"}', '{every: {criteria: ["1.01", "1.09"]}', ["scheme.yaml:104:39: there is no criterion '1.09' (did you mean 1.03?); allowed here: 1.01, 1.02, 1.03, 2.01, 2.02, 2.03, 2.04"]),
    ("a class of no criterion", SCHEME_FILE, '{every: {type: core, domain: "1"}', '{every: {type: core, domain: "2", critical: true}', ["scheme.yaml:104:12: no criterion is of type core and of domain 2 and critical; a class that some criterion belongs to"]),
    ("an unknown domain in a list", SCHEME_FILE, "{type: [core, extra]}", "{type: [core, extre]}", ["scheme.yaml:105:33: there is no type 'extre' (did you mean extra?); allowed here: core, extra"]),
    ("a rating that no criterion has", SCHEME_FILE, "rated: [full, half]", "rated: [full, haf]", ["scheme.yaml:104:60: there is no rating 'haf' on any scale of these criteria (did you mean half?); allowed here: yes, no, full, half, nil"]),
    ("a least rating that no criterion has", SCHEME_FILE, "rated_at_least: half", "rated_at_least: haf", ["scheme.yaml:85:75: there is no rating 'haf' on any scale of these criteria (did you mean half?); allowed here: yes, no, full, half, nil"]),
    ("a measured value that is not measured", SCHEME_FILE, '{measured: "2.01", at', '{measured: "1.01", at', ["scheme.yaml:110:12: no single number is measured for criterion 1.01; a criterion whose measure has a unit, and is no series"]),
    ("a measured criterion that is not there", SCHEME_FILE, '{measured: "2.01", at', '{measured: "2.10", at', ["scheme.yaml:110:12: there is no criterion '2.10' (did you mean 2.04?); allowed here: 1.01, 1.02, 1.03, 2.01, 2.02, 2.03, 2.04"]),
    ("a fact that is not there", SCHEME_FILE, "{fact: trains, is: true}", "{fact: train, is: true}", ["scheme.yaml:114:12: there is no fact of the profile 'train' (did you mean trains?); allowed here: beds, kind, trains"]),
    ("an answer of another kind", SCHEME_FILE, "{fact: trains, is: true}", "{fact: trains, is: [new]}", ["scheme.yaml:114:26: 'new' is no answer to 'Does it train?'; allowed here: true or false"]),
    ("a number for a choice", SCHEME_FILE, "{fact: kind, is: [new]}", "{fact: kind, is: {at_least: 2}}", ["scheme.yaml:115:29: 'at_least: 2' is no answer to 'Which kind of assessment is it?'; allowed here: new, established"]),
    ("a choice that is not there", SCHEME_FILE, "{fact: kind, is: [new]}", "{fact: kind, is: [now]}", ["scheme.yaml:115:34: there is no choice 'now' (did you mean new?); allowed here: new, established"]),
    ("a number of a fact that is none", SCHEME_FILE, "{product_of: [{fact: beds}", "{product_of: [{fact: trains}", ["scheme.yaml:84:26: the fact 'trains' is not a number; a fact with a unit: beds"]),
    ("a limit by a fact that is a number", SCHEME_FILE, "by: kind", "by: beds", ["scheme.yaml:106:67: 'beds' is a number, and a limit for each of its answers cannot be written; a fact answered yes or no, or by choices"]),
    ("a limit by an unknown fact", SCHEME_FILE, "by: kind", "by: kin", ["scheme.yaml:106:67: there is no fact of the profile 'kin' (did you mean kind?); allowed here: beds, kind, trains"]),
    ("a limit without one of the answers", SCHEME_FILE, "{new: 1, established: 2}", "{new: 1}", ["scheme.yaml:106:77: no limit where 'kind' is established; a limit for each of new, established"]),
    ("a limit for an unknown answer", SCHEME_FILE, "{new: 1, established: 2}", "{new: 1, established: 2, old: 3}", ["scheme.yaml:106:110: there is no answer 'old' to 'kind'; allowed here: new, established"]),
    ("a limit that is a fact without number", SCHEME_FILE, "at_least: {fact: beds}", "at_least: {fact: kind}", ["scheme.yaml:110:41: the fact 'kind' is not a number; a fact with a unit: beds"]),
    ("a fact that a holiday depends on", SCHEME_FILE, "applies_when: {trains: true}}", "applies_when: {train: true}}", ["scheme.yaml:147:57: there is no fact of the profile 'train' (did you mean trains?); allowed here: beds, kind, trains"]),
    ("a choice that a criterion depends on", MEASURES_FILE, "{kind: [new],", "{kind: [old],", ["criteria/measures.yaml:22:25: there is no choice 'old'; allowed here: new, established"]),
    ("yes for a number", MEASURES_FILE, "beds: {at_least: 3}", "beds: true", ["criteria/measures.yaml:22:31: 'true' is no answer to 'How many beds?'; ends such as {at_least: 1} in beds"]),
    ("groups that the scheme has not", SAFETY_FILE, "  tags: [blood, people]\n", "", []),
    ("more rules than there are", SCHEME_FILE, "          at_least: 1\n", "          at_least: 3\n", ["scheme.yaml:118:11: at least 3 of 2 rules; at most 2"]),
    ("a divisor that depends on ratings", SCHEME_FILE, "by: {constant: 2}", "by: {points: {type: core}}", ["scheme.yaml:93:11: divided by points, which depends on ratings; a constant, a fact or what is measured; for a part of a whole write mean, share, percent_of_points"]),
    ("a divisor that is a score", SCHEME_FILE, "by: {constant: 2}", "by: {score: share_met}", ["scheme.yaml:93:11: divided by the score 'share_met', which depends on ratings; a constant, a fact or what is measured; for a part of a whole write mean, share, percent_of_points"]),
    ("a limit to an unknown outcome", SCHEME_FILE, "at_best: wait", "at_best: wit", ["scheme.yaml:133:72: there is no outcome 'wit' (did you mean wait?); allowed here: gold, look, wait, nothing"]),
    ("a limit that limits nothing", SCHEME_FILE, "at_best: wait", "at_best: gold", ["scheme.yaml:133:72: 'gold' is the highest outcome: it limits nothing; a lower outcome: look, wait, nothing"]),
    ("a limit to a judgement", SCHEME_FILE, "at_best: wait", "at_best: look", ["scheme.yaml:133:72: 'look' is a judgement, and people decide it; an outcome that follows by rule"]),
    ("an outcome once conditions are met that is not there", SCHEME_FILE, "when_met: gold", "when_met: god", ["scheme.yaml:129:65: there is no outcome 'god' (did you mean gold?); allowed here: gold, look, wait, nothing"]),
    ("an outcome once conditions are met that is lower", SCHEME_FILE, "when_met: gold", "when_met: nothing", ["scheme.yaml:129:65: 'nothing' does not stand above 'wait'; an outcome above it: gold, look"]),
    ("an outcome once conditions are missed that is higher", SCHEME_FILE, "when_missed: nothing", "when_missed: gold", ["scheme.yaml:129:81: 'gold' does not stand below 'wait'; an outcome below it: nothing"]),
    ("a judgement that follows by itself", SCHEME_FILE, "when_met: gold", "when_met: look", ["scheme.yaml:129:65: 'look' is a judgement; an outcome that follows by rule"]),
    ("lengths of time that leave cases open", SCHEME_FILE, "{period: {years: 2}, otherwise: true}", "{period: {years: 2}, when: {fact: trains, is: true}}", ["scheme.yaml:101:9: the last length of time has a rule: where none holds, nobody knows how long; write otherwise: true instead of when"]),
    ("a length of time that is never taken", SCHEME_FILE, "{period: {years: 4}, when: {score: sum, at_least: 40, if_no_value: not_satisfied}}", "{period: {years: 4}, otherwise: true}", ["scheme.yaml:100:30: what stands below could never be taken; only the last length of time says otherwise: true"]),
    ("a holiday said twice", SCHEME_FILE, "day: 2026-12-26, title: Boxing day, applies_when: {trains: true}", "day: 2026-12-25, title: Again", ["scheme.yaml:147:5: 2026-12-25 is here a second time; each day once"]),
    ("a visit before the submission", SCHEME_FILE, "visited: 2026-09-01", "visited: 2026-04-15", ["scheme.yaml:151:70: visited by 2026-04-15, before 2026-05-01, by which is submitted; a visit on the day of submission or after it"]),
    ("a day before the edition", SCHEME_FILE, "submitted: 2026-05-01", "submitted: 2026-03-01", ["scheme.yaml:151:47: 2026-03-01 is before this edition is in force (2026-04-01); a day on which both editions could judge"]),
    ("a specialty said twice", SCHEME_FILE, "specialties: [stroke, rehabilitation]", "specialties: [stroke, stroke]", ["scheme.yaml:135:77: the specialty 'stroke' is here a second time; each once"]),
    ("a minimum above its maximum", SCHEME_FILE, "minimum: 1, maximum: 3", "minimum: 2, maximum: 1", ["scheme.yaml:135:5: minimum 2 is more than maximum 1; minimum at most maximum", "scheme.yaml:153:3: 2, but the seats take 1 at most; the sum of the maximums or less"]),
    ("a team smaller than its minimums", SCHEME_FILE, "minimum: 1, maximum: 3", "minimum: 3, maximum: 3", ["scheme.yaml:153:3: 2, but the seats need 3 at least; the sum of the minimums or more"]),
    ("more experienced people than the team has", SCHEME_FILE, "{at_least: 1, after_visits: 3}", "{at_least: 3, after_visits: 3}", ["scheme.yaml:154:17: 3 experienced of 2 in the team; the size of the team or less"]),
    ("who settles only observes", SCHEME_FILE, "settled_by: lead", "settled_by: trainee", ["scheme.yaml:136:61: who settles differences would only observe; false, or name another role under consensus"]),
    ("a visit that waits for an observer", SCHEME_FILE, "minimum: 0, maximum: 2", "minimum: 1, maximum: 2", ["scheme.yaml:136:37: every visit would wait for 1 who only observes; 0: an observer joins where there is one"]),
    ("an observer beside nobody", SCHEME_FILE, "  experienced: {at_least: 1, after_visits: 3}\n", "", ["scheme.yaml:136:61: an observer sits beside an experienced reviewer, and nothing says who is experienced; false, or experienced under assignment"]),
    ("travel that nobody has", SCHEME_FILE, "{at_least: 20, at_most: 180}", "{at_least: 200, at_most: 180}", ["scheme.yaml:161:3: at_least 200 is more than at_most 180; at_least no more than at_most"]),
    ("travel without an end", SCHEME_FILE, "{at_least: 20, at_most: 180}", "{}", ["scheme.yaml:161:3: no minutes; write one or both of at_least, at_most"]),
    ("a fit without weight", SCHEME_FILE, "fit: {expertise: 3, experience: 2, travel: 3, preference: 2}", "fit: {expertise: 0}", ["scheme.yaml:163:3: no weight; give expertise, experience, travel or preference a weight of 1 or more"]),
    ("answers that nobody is asked for", SCHEME_FILE, "confirmed_by: office\n", "confirmed_by: engine\n", ["scheme.yaml:165:3: the engine seats teams as it finds them, so nobody would be asked; confirmed_by: office beside it, or leave this out", "scheme.yaml:166:3: the engine seats teams as it finds them, so nobody would be asked; confirmed_by: office beside it, or leave this out"]),
    ("nobody settles for certain", SCHEME_FILE, "minimum: 1, maximum: 3", "minimum: 0, maximum: 3", ["scheme.yaml:135:31: nobody would be there to settle differences; at least 1, or name another role under consensus"]),
    ("a level of the audit said twice", SCHEME_FILE, "levels: [A, B, C]", "levels: [A, B, A]", ["scheme.yaml:34:20: the level 'A' is here a second time; each once"]),
    ("a case said twice", CASES_FILE, CASES, CASES + CASES, ["cases/cases.yaml:5:3: the case 'all of it' is here a second time (first at cases/cases.yaml:1:3); a name for each case"]),
    ("a share that is a fact", SCHEME_FILE, "above: 80 %, weighted", "above: {fact: beds}, weighted", ["scheme.yaml:105:42: the keys fact does not belong here; write a number, or a percentage where a share is asked for or {by: fact, limits: {answer: number}}"]),
    ("one figure where two are needed", SCHEME_FILE, "difference: [{score: per_standard, of: S1}, {each: domain, take: mean, figure: {constant: 1}}]", "difference: [{constant: 1}]", ["scheme.yaml:91:11: only 1 here; two are needed"]),
    ("three figures where two are needed", SCHEME_FILE, "difference: [{score: per_standard, of: S1}, {each: domain, take: mean, figure: {constant: 1}}]", "difference: [{constant: 1}, {constant: 1}, {constant: 1}]", ["scheme.yaml:91:11: 3 here; at most 2 are allowed"]),
    ("a figure that is none", SCHEME_FILE, "      sum_of:", "      sum_off:", [f"scheme.yaml:81:5: not a figure (did you mean sum_of?); a figure begins with one of {', '.join(FIGURES)}"]),
    ("text that is not a number", MEASURES_FILE, "below: benchmark", "below: benchmrk", ["criteria/measures.yaml:23:26: 'benchmrk' is not a number; write digits, as in 90 or 2.9"]),
    ("a list where a level is expected", CASES_FILE, "ladder: two", "ladder: [two]", ["cases/cases.yaml:4:47: a list of 1 is not text; write text, in quotes where it looks like a number"]),
]
# fmt: on


def faults(files: dict[str, bytes]) -> list[str]:
    """What the author reads, line by line; nothing where nothing is wrong."""
    try:
        read_standard(files)
    except StandardsFaulty as faulty:
        return [str(fault) for fault in faulty.faults]
    return []


@pytest.mark.parametrize(("kind", "file", "old", "new", "expected"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_fault_of_meaning_is_told_with_its_place_what_was_found_and_what_is_allowed(
    kind: str, file: str, old: str, new: str, expected: list[str]
) -> None:
    assert faults(changed(file, (old, new))) == expected


def test_the_schemes_that_the_tests_change_have_no_problem() -> None:
    assert problems_of_scheme(small()) == ()
    assert faults(dict(FILES)) == []


def test_a_kind_of_group_that_the_scheme_does_not_have_is_told_wherever_it_is_looked_at() -> None:
    when = {"each": "section", "holds": {"points": {"type": "a"}, "at_least": 1}, "if_none_apply": "satisfied"}
    figure = {"mean": {"type": "a"}, "over": ["standard", "domain"]}
    scheme = built(
        criteria=[("1", "a", "x"), ("2", "a", "y")],
        award=[{"outcome": "high", "when": when}],
        scores={"one": {"title": "One", "figure": figure}, "two": {"title": "Two", "per": "tag", "figure": figure}},
    )
    assert [(one.path, one.found) for one in problems_of_scheme(scheme) if "has no" in one.found] == [
        (("scores", "two", "per"), "the scheme has no tags"),
        (("scores", "one", "figure", "over", 0), "the scheme has no standards"),
        (("scores", "two", "figure", "over", 0), "the scheme has no standards"),
        (("award", 0, "when", "each"), "the scheme has no sections"),
    ]


def test_a_long_circle_of_scores_is_told_once() -> None:
    def score(other: str) -> dict[str, object]:
        return {"title": other, "figure": {"sum_of": [{"score": other}, {"score": "end"}]}}

    scores = {
        **{f"s{n}": score(f"s{(n + 1) % 200}") for n in range(200)},
        "end": {"title": "End", "figure": {"constant": 1}},
    }
    scheme = built(
        criteria=[("1", "a", "x"), ("2", "a", "y")],
        award=[{"outcome": "h", "when": {"points": {"type": "a"}, "at_least": 1}}],
        scores=scores,
    )
    assert [one.path for one in problems_of_scheme(scheme)] == [("scores", "s0", "figure", "sum_of", 0)]


GOLD = [{"outcome": "high", "when": {"points": {"type": "a"}, "at_least": 1}}]


def test_no_more_faults_are_looked_for_than_are_told() -> None:
    criteria = [(f"{n}", "unknown", "x") for n in range(2 * MOST)]
    assert len(problems_of_scheme(built(criteria=criteria, award=GOLD))) == MOST + 1


def test_a_scheme_kept_with_faults_is_still_a_scheme() -> None:
    scheme = built(criteria=[("1", "gone", "x")], award=GOLD)
    assert Scheme.model_validate_json(scheme.canonical()) == scheme


def test_patterns_of_hospital_numbers_are_checked_when_the_standard_is_read() -> None:
    with pytest.raises(StandardsFaulty) as faulty:
        read_standard(changed(SCHEME_FILE, (r"'\bRX\d{6}\b'", r"'(?:a+)+', 'RX\d{6}'")))
    (fault,) = faulty.value.faults
    line = next(number for number, one in enumerate(FILES[SCHEME_FILE].decode().splitlines(), 1) if "RX" in one)
    assert (fault.line, "is no pattern" in fault.found) == (line, True)

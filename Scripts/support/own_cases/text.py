"""Operators on text."""
from .case import F, I64, STRING, Case


def _normalized(shows, x, wanted, **attributes):
    case = Case("StringNormalizer", 10, shows, 35)
    case.input("X", x, STRING)
    case.apply("X", **attributes)
    return case.gives(wanted, STRING)


def stringnormalizer_simple_mappings():
    shows = "one letter for one letter: a sharp s has no capital, the Greek final sigma has"
    return _normalized(shows, ["stra\u00dfe", "\u03c2"], ["STRA\u00dfE", "\u03a3"], case_change_action="UPPER",
                       is_case_sensitive=1)


def stringnormalizer_without_locale():
    return _normalized("without locale: I becomes i, Turkish or not", ["I", "TITEL"], ["i", "titel"],
                       case_change_action="LOWER", is_case_sensitive=1, locale="tr_TR")


def stringnormalizer_whole_stopwords():
    return _normalized("a stop word is a whole string, without regard to case", ["monday", "MON", "mon day"],
                       ["monday", "mon day"], stopwords=["mon"], is_case_sensitive=0)


def stringnormalizer_nothing_left():
    return _normalized("where nothing is left, one empty string is", ["a"], [""], stopwords=["a"], is_case_sensitive=1)


def _split(shows, x, parts, counts, **attributes):
    case = Case("StringSplit", 20, shows, 35)
    case.input("X", x, STRING)
    case.apply("X", outputs=["Y", "Z"], **attributes)
    case.gives(parts, STRING)
    return case.gives(counts, I64, "Z")


def stringsplit_drops_blanks_at_the_end_of_a_rest():
    shows = "maxsplit leaves a rest, and blanks at its end are dropped, as the text says and Python does not"
    return _split(shows, [" a  b c  "], [["a", "b c"]], [2], maxsplit=1).admits([[["a", "b c  "]], [2]])


def stringsplit_of_empty_strings():
    return _split("an empty string has no part among blanks", ["", "a b"], [["", ""], ["a", "b"]], [0, 2])


def stringsplit_of_empty_strings_at_a_delimiter():
    return _split("an empty string cut at a delimiter has one part", ["", "a,b"], [["", ""], ["a", "b"]], [1, 2],
                  delimiter=",")


def stringsplit_at_wide_blanks():
    shows = "white space is what Unicode calls so: no-break and ideographic spaces too"
    return _split(shows, ["a\u3000b", "c\u00a0d"], [["a", "b"], ["c", "d"]], [2, 2])


def tfidfvectorizer_weights_belong_to_ngrams():
    case = Case("TfIdfVectorizer", 9, "weights follow the pool, indexes the output: 7 weighs 10 and stands at 1", 35)
    case.input("X", [7, 8, 8], I64)
    case.apply("X", mode="TFIDF", min_gram_length=1, max_gram_length=1, max_skip_count=0, ngram_counts=[0],
               ngram_indexes=[1, 0], pool_int64s=[7, 8], weights=[10.0, 100.0])
    return case.gives([200, 10], F)

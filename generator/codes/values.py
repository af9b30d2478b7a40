"""Values: keys that the format does not have, and values that cannot be what their key says."""

from generator.codes.kind import Doubt, Mistake


class UnsupportedFormat(Mistake):
    """The survey is written in a version of the content format that this generator does not read.

    `format` in `content/survey.yaml` says which version the content is written in. This generator reads version 1, the
    first there is. A higher number needs a newer generator; never change the number to silence the finding, for then
    content would be misread.

    Wrong:
        # content/survey.yaml
        format: 2

    Right:
        # content/survey.yaml
        format: 1
    """


class UnknownKey(Mistake):
    """A key that the content format does not have at this place.

    A mistyped key would be left out of the site without a word. The hint names the key that is most like it. Where case or a
    hyphen is all that differs, `survey check --fix` writes the key.

    Wrong:
        # content/papers/doe2020title.yaml
        titel: A Title

    Right:
        # content/papers/doe2020title.yaml
        title: A Title
    """


class MissingField(Mistake):
    """A required key is missing.

    A paper needs `title`, `authors`, `year` and `type`; a venue `short`, `full` and `kind`; a group and a grouping
    `title`. Without them neither a page nor a citation can be made.

    Wrong:
        # content/venues.yaml
        neurips:
          short: NeurIPS
          kind: conference

    Right:
        # content/venues.yaml
        neurips:
          short: NeurIPS
          full: Advances in Neural Information Processing Systems
          kind: conference
    """


class WrongType(Mistake):
    """A list, a mapping, text or a number stands where another is expected.

    A list has its items on lines of their own after `- `, or all in `[ ]`; a mapping is made of `key: value` lines. Text that
    begins with a bracket must be quoted. A month is its number; `survey check --fix` takes away the zero of `07`.

    Wrong:
        # content/papers/doe2020title.yaml
        authors: Doe, Jane

    Right:
        # content/papers/doe2020title.yaml
        authors: ["Doe, Jane"]
    """


class EmptyValue(Mistake):
    """A key has no value.

    Whether the value is unknown or was forgotten cannot be told. Write it, or leave the key out: absent means unknown.

    Wrong:
        # content/papers/doe2020title.yaml
        doi:

    Right:
        # content/papers/doe2020title.yaml
        doi: 10.1162/neco_a_01228
    """


class UnknownValue(Mistake):
    """A value that is none of the declared choices.

    Some keys take one of a few words. The hint names the one that is most like what was written, or all of them. Where case
    or a hyphen is all that differs, `survey check --fix` writes the word.

    Wrong:
        # content/papers/doe2020title.yaml
        type: article

    Right:
        # content/papers/doe2020title.yaml
        type: journal
    """


class OutOfRange(Mistake):
    """A number is too small or too large for its field.

    A month is a number from 1 to 12. A year lies between 1450, when printing begins, and 2100: a number outside has a digit
    too many, too few or in the wrong place.

    Wrong:
        # content/papers/doe2020title.yaml
        year: 2202

    Right:
        # content/papers/doe2020title.yaml
        year: 2022
    """


class MalformedKey(Mistake):
    """A key with other characters than letters, digits, `-` and `_`, or with more than 150.

    Keys stand in BibTeX, in addresses and in file names. These characters mean nothing special in any of the three. Write
    names without accents.

    Wrong:
        # content/papers/müller2020title.yaml
        title: A Title

    Right:
        # content/papers/muller2020title.yaml
        title: A Title
    """


class MalformedYear(Mistake):
    """A year without exactly four digits.

    Notes such as “in press” have no place here: write the year of the version that is cited.

    Wrong:
        # content/papers/doe2020title.yaml
        year: c. 2020

    Right:
        # content/papers/doe2020title.yaml
        year: 2020
    """


class MalformedDate(Mistake):
    """A date that is not in the calendar, or not written year-month-day.

    Dates are compared and put into order, which works only where they are written alike. `survey check --fix` writes
    `2026/2/3` as `2026-02-03`.

    Wrong:
        # content/papers/doe2020title.yaml
        added: 2026-02-30

    Right:
        # content/papers/doe2020title.yaml
        added: 2026-02-28
    """


class MalformedArxiv(Mistake):
    """An arXiv identifier that cannot exist.

    Links and BibTeX are made from it. Write it without `arXiv:` and without version, in quotes, for otherwise programs drop
    a zero at its end. It begins with year and month; from April 2007 on a dot and four digits follow, from 2015 on five.
    Before that it was an archive's name, a slash and seven digits. `survey check --fix` takes away what stands around it.

    Wrong:
        # content/papers/doe2020title.yaml
        arxiv: "arXiv:2112.05768v3"

    Right:
        # content/papers/doe2020title.yaml
        arxiv: "2112.05768"
    """


class MalformedArxivCategory(Mistake):
    """An arXiv category that cannot exist.

    Write one category as arXiv does: the archive in lower case, a dot, the subject.

    Wrong:
        # content/papers/doe2020title.yaml
        arxiv_category: Computation and Language

    Right:
        # content/papers/doe2020title.yaml
        arxiv_category: cs.CL
    """


class MalformedDoi(Mistake):
    """A DOI that is not bare, or cannot exist.

    The site makes the link. Write what follows `https://doi.org/`, as `survey check --fix` does: it begins with `10.` and
    has a slash.

    Wrong:
        # content/papers/doe2020title.yaml
        doi: https://doi.org/10.1162/neco_a_01228

    Right:
        # content/papers/doe2020title.yaml
        doi: 10.1162/neco_a_01228
    """


class MalformedAcl(Mistake):
    """An ACL Anthology identifier that cannot exist.

    It is the last part of the paper's address in the Anthology, without the slash. `survey check --fix` takes it from there.

    Wrong:
        # content/papers/doe2020title.yaml
        acl: https://aclanthology.org/P19-1001/

    Right:
        # content/papers/doe2020title.yaml
        acl: P19-1001
    """


class MalformedOpenreview(Mistake):
    """An OpenReview identifier that cannot exist.

    It is what follows `forum?id=` in the address of the paper's forum. `survey check --fix` takes it from there.

    Wrong:
        # content/papers/doe2020title.yaml
        openreview: https://openreview.net/forum?id=dp27P5HBBt

    Right:
        # content/papers/doe2020title.yaml
        openreview: dp27P5HBBt
    """


class MalformedIsbn(Mistake):
    """An ISBN whose length or check digit is wrong.

    The last digit is computed from the others, so that one wrong digit, or two that changed places, are noticed. Copy the
    number again; hyphens may stay. `survey check --fix` takes away the word `ISBN` before it.

    Wrong:
        # content/papers/doe2020title.yaml
        isbn: 978-3-16-148410-1

    Right:
        # content/papers/doe2020title.yaml
        isbn: 978-3-16-148410-0
    """


class MalformedIssn(Mistake):
    """An ISSN whose length or check digit is wrong.

    The last of its eight characters is computed from the others. Copy the number again. `survey check --fix` takes away
    the word `ISSN` before it.

    Wrong:
        # content/venues.yaml
        nature: {short: Nature, full: Nature, kind: journal, issn: 0028-0837}

    Right:
        # content/venues.yaml
        nature: {short: Nature, full: Nature, kind: journal, issn: 0028-0836}
    """


class MalformedOrcid(Mistake):
    """An ORCID iD that cannot exist.

    It has four groups of four digits and a check digit, which may be X. Write it without
    `https://orcid.org/`, as `survey check --fix` does.

    Wrong:
        # content/papers/doe2020title.yaml
        authors:
          - {given: Josiah, family: Carberry, orcid: https://orcid.org/0000-0002-1825-0097}

    Right:
        # content/papers/doe2020title.yaml
        authors:
          - {given: Josiah, family: Carberry, orcid: 0000-0002-1825-0097}
    """


class MalformedPages(Mistake):
    """Pages that are neither a number nor a range.

    BibTeX styles print what stands here after “pp.”, which `survey check --fix` takes away. An article number is a number
    too; leave the key out where there are no pages.

    Wrong:
        # content/papers/doe2020title.yaml
        pages: to appear

    Right:
        # content/papers/doe2020title.yaml
        pages: 53-68
    """


class MalformedAttribute(Mistake):
    """An attribute declared with parts that do not fit its type.

    `choice` and `choices` need the values to choose from, each described; only a `number` has a `unit`.

    Wrong:
        # content/survey.yaml
        attributes:
          size: {title: Size, type: choice}

    Right:
        # content/survey.yaml
        attributes:
          size: {title: Size, type: choice, values: {small: up to 1 billion parameters, large: more}}
    """


class UnsafeLink(Mistake):
    """A link that is not http, https or mailto.

    Other kinds of links can run scripts in the reader's browser or lead nowhere on another machine. In prose, a link may also
    begin with a slash and lead to a page of the site.

    Wrong:
        # content/papers/doe2020title.yaml
        url: ftp://example.org/paper.pdf

    Right:
        # content/papers/doe2020title.yaml
        url: https://example.org/paper.pdf
    """


class AmbiguousAuthor(Mistake):
    """An author's name that does not tell the family name from the rest.

    Citations are made, and papers are sorted, by the family name, and nobody can tell it from three words. Write
    `Family, Given`; where that is not enough, the parts.

    Wrong:
        # content/papers/doe2020title.yaml
        authors: [Alberto Del Bimbo]

    Right:
        # content/papers/doe2020title.yaml
        authors: ["Del Bimbo, Alberto"]
    """


class IncompleteAuthor(Mistake):
    """An author with neither a family name nor a literal name, or with both.

    A person has a `family` name, and mostly a `given` one. An organisation, or a person with a single name, has a `literal`
    name that is never taken apart.

    Wrong:
        # content/papers/doe2020title.yaml
        authors: [{given: Jane}]

    Right:
        # content/papers/doe2020title.yaml
        authors: [{literal: LCM team}]
    """


class HtmlInText(Doubt):
    """An HTML entity or tag in a field that is plain text.

    It comes along when a title is copied from a database, and would be printed as it stands, on the site as in BibTeX. Write
    the character itself, as `survey check --fix` does for an entity; what is raised or lowered can be said in TeX math, `$x^2$`.

    Wrong:
        # content/papers/doe2020title.yaml
        title: Cats &amp; Dogs

    Right:
        # content/papers/doe2020title.yaml
        title: Cats & Dogs
    """


class RepeatedEntry(Doubt):
    """An entry stands twice in one list.

    A copied line was not changed, or two lists were merged: an author would be printed twice. Two authors of one name
    are told apart by their ORCID iDs.

    Wrong:
        # content/papers/doe2020title.yaml
        authors: ["Doe, Jane", "Roe, Richard", "Doe, Jane"]

    Right:
        # content/papers/doe2020title.yaml
        authors: ["Doe, Jane", "Roe, Richard"]
    """

"""Imports: what comes in and is not, or not wholly, taken over."""

from generator.codes.kind import Doubt, Mistake, Wish


class SourceUnread(Mistake):
    """A file cannot be read as the format that it is in, or its format is not known.

    Nothing of it is taken over. Formats are told by the name's ending and by how a file begins; `survey import --format` names
    one.

    Not in text:
        A file of more than 64 MiB; a `.json` file that is no JSON; a file whose format cannot be told.
    """

    stage = "import"


class EntryUnread(Mistake):
    """An entry of the source is not written as its format asks for, so it gives no draft.

    Most often a brace, a quotation mark or a comma is missing, and the next entry begins before this one ends. Mend it
    in the source and import it again: what became a draft before is then present.

    Wrong:
        # incoming.bib
        @article{doe2020, title = {A Title, year = 2020

    Right:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}
    """

    stage = "import"


class EntryIncomplete(Mistake):
    """An entry lacks what every record has: a title, authors, a year and a type, so it gives no draft.

    Editors are no authors. A year such as “in press” is none. Add what is missing to the source, or write the record by hand.

    Wrong:
        # incoming.bib
        @misc{doe2020, title = {A Title}, eprint = {2007.05768}}

    Right:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}
    """

    stage = "import"


class ValueUnread(Doubt):
    """A field of the source says something that a record has a place for, but not in a form that can be taken over.

    The draft leaves it out, or takes the likelier of two readings, as the finding says. Correct the draft.

    Wrong:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}, month = {spring}}

    Right:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}, month = may}
    """

    stage = "import"


class FieldUnused(Wish):
    """A record has no place for a field of the source.

    Most of these are the bookkeeping of a reference manager. An abstract is not taken over because a record has a summary
    in the editors' own words. Keep the source if you need what is left out.

    Wrong:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}, timestamp = {2020-01-01}}

    Right:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}
    """

    stage = "import"


class TextIgnored(Wish):
    """Something in the source is no part of any entry's text: words between entries, a control character.

    It may be the rest of a broken entry: look at its place.

    Wrong:
        # incoming.bib
        article{doe2019, title = {Earlier}}
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}

    Right:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}
    """

    stage = "import"


class EncodingGuessed(Doubt):
    """A source is not UTF-8; it was read as Windows-1252, of which Latin-1 is a part.

    If accents come out wrong in the drafts, save the source as UTF-8 and import it again.

    Not in text:
        A file in Latin-1, in which “é” is the one byte E9.
    """

    stage = "import"


class TexUnknown(Doubt):
    r"""A LaTeX command in the source is not known; it stands in the draft as it was.

    Replace it in the draft by the characters that it stands for.

    Wrong:
        # incoming.bib
        @misc{doe2020, title = {A \mymacro Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}

    Right:
        # incoming.bib
        @misc{doe2020, title = {A G{\"o}del Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}
    """

    stage = "import"


class AuthorsCut(Doubt):
    """The source names the first authors only and ends in “and others” or “et al.”.

    Every author is named in a record. Add the others.

    Wrong:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane and others}, year = 2020, eprint = {2007.05768}}

    Right:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane and Roe, Richard}, year = 2020, eprint = {2007.05768}}
    """

    stage = "import"


class TypeGuessed(Doubt):
    """The source does not say what kind of publication an entry is; the likeliest was taken.

    BibTeX's `misc` may be a web page, a dataset, a program or a preprint. Choose the type in the draft.

    Wrong:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020}

    Right:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}
    """

    stage = "import"


class KeyChanged(Wish):
    """The source's key for an entry cannot be a citation key here, so another one was made.

    Keys have letters, digits, “-” and “_” only, and name one work for ever. Who cites by the source's key needs the new one.

    Wrong:
        # incoming.bib
        @misc{doe:2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}

    Right:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}
    """

    stage = "import"


class VenueAdded(Doubt):
    """A venue of the source is not in `content/venues.yaml`, so an entry for it is added there.

    Its names are made of what the source prints: see whether they are right, and whether the venue is one that the survey has
    under another name. Give that an alias then.

    Wrong:
        # incoming.bib
        @article{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, journal = {Journal of Titles}}

    Right:
        # incoming.bib
        @article{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, journal = {Journal of Titles}}
        # content/venues.yaml
        titles: {short: J. Titles, full: Journal of Titles, kind: journal}
    """

    stage = "import"


class PaperPresent(Wish):
    """The survey has the paper of an entry, by an identifier or by its title and first author.

    A record is never overwritten. What the source adds is shown, and `survey import --update` fills in what is empty.

    Wrong:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}
        # content/papers/doe2020title.yaml
        title: A Title
        type: preprint
        arxiv: "2007.05768"

    Right:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}
    """

    stage = "import"


class PaperDiffers(Doubt):
    """The survey has the paper of an entry, and the two disagree.

    One of them is wrong, or they describe two versions. The record was not changed: see which is right.

    Wrong:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2021, eprint = {2007.05768}}
        # content/papers/doe2020title.yaml
        title: A Title
        type: preprint
        arxiv: "2007.05768"

    Right:
        # incoming.bib
        @misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}
        # content/papers/doe2020title.yaml
        title: A Title
        type: preprint
        arxiv: "2007.05768"
    """

    stage = "import"


class VersionPublished(Doubt):
    """The survey has a paper as a preprint, and the source has its published version.

    A survey cites the published version. Both are shown: correct the record, keep its key and its arXiv identifier, and put an
    earlier title into `former_titles`.

    Wrong:
        # incoming.bib
        @article{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2021, journal = {Journal of Titles}}
        # content/papers/doe2020title.yaml
        title: A Title
        type: preprint
        arxiv: "2007.05768"

    Right:
        # incoming.bib
        @article{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2021, journal = {Journal of Titles}}
        # content/papers/doe2020title.yaml
        title: A Title
        year: 2021
        type: journal
        venue: titles
        arxiv: "2007.05768"
        # content/venues.yaml
        titles: {short: J. Titles, full: Journal of Titles, kind: journal}
    """

    stage = "import"


class ReferenceUnknown(Mistake):
    """A reference names nothing that a registry knows how to describe.

    Registries are asked by an arXiv identifier, a DOI, an identifier of the ACL Anthology or of OpenReview, or by a web
    address that holds one.

    Not in text:
        `survey add "A Title"`: nobody is asked for a title.
    """

    stage = "add"


class WorkUnknown(Mistake):
    """A registry answers that it has no such work.

    Most often a digit is missing or two are exchanged. A DOI may also be too young to be known everywhere.

    Not in text:
        `survey add 2107.05768` while arXiv has no such paper.
    """

    stage = "add"


class RegistrySilent(Mistake):
    """A registry gave no answer: it was busy, refused, took too long or was out of reach.

    Busy registries are asked again a few times, after as long as they say. Nothing is written for the work; what others answered
    is taken over. A registry that refuses may want a person with a browser: open the address, and import what can be saved there.

    Not in text:
        `survey add 2107.05768` without a network.
    """

    stage = "add"


class AnswerUnusable(Mistake):
    """A registry answered, but not with a description of the work that was asked for.

    It may have sent a web page, something far too large, half of an answer, or the description of another work, as some DOIs
    lead to one that took their place. Nothing is written for the work.

    Not in text:
        `survey add 10.1234/mills.7` while its registry shows a page that says “please wait”.
    """

    stage = "add"


class TitleDiffers(Mistake):
    """The work that an identifier names has another title than the one that was asked for.

    An identifier copied from a list of references is another paper’s more often than one would think. Nothing is
    written for it.

    Not in text:
        `survey add 2107.05768 --title "Another Paper"`, or `survey add "2107.05768 Another Paper"`.
    """

    stage = "add"


class DeadLink(Doubt):
    """A web address that a record or a venue names leads nowhere: its host says so, or there is none any more.

    A host that refuses programs (403), puts them off (202, 429) or is out of order counts as alive.

    Not in text:
        `url: https://example.org/moved` in a record, where that host answers 404.
    """

    stage = "check-links"

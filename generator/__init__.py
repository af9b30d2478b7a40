"""Living Survey: structured records and curated groupings → a searchable survey site with BibTeX."""

"""Three-way merge of source: last generated, as edited by the person, newly generated."""

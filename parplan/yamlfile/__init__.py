"""A YAML file of a person: read strictly, checked, changed in place."""

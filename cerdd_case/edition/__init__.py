"""L'édition : des sources aux carnets, aux diapositives et aux documents imprimés."""

package io.syslet.examples.copy;

/** Something to do: an entry to copy, or a folder to list on. */
sealed interface Item permits Entry, CopiedFolder {}

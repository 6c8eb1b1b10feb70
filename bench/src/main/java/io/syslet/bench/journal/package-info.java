/** What it costs to write calls down before they are answered. */
@NullMarked
package io.syslet.bench.journal;

import org.jspecify.annotations.NullMarked;

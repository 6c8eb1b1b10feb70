/** One command that runs all measurements, records them, and writes the page and the documents. */
@NullMarked
package io.syslet.bench.report;

import org.jspecify.annotations.NullMarked;

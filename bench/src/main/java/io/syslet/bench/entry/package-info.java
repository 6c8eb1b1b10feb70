/** What the entry costs when nothing blocks: calls through it beside direct foreign calls. */
@NullMarked
package io.syslet.bench.entry;

import org.jspecify.annotations.NullMarked;

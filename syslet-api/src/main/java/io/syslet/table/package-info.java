/**
 * What is known of the host's calls: numbers, names, arguments, traits. {@link
 * io.syslet.table.CallTable} is what others ask; the rest reads its text. It knows {@code
 * io.syslet}, which does not know it.
 */
@NullMarked
package io.syslet.table;

import org.jspecify.annotations.NullMarked;

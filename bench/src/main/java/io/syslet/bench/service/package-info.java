/** What a call costs when the kernel is another process. */
@NullMarked
package io.syslet.bench.service;

import org.jspecify.annotations.NullMarked;

/** Threadlets beside the JDK's virtual threads and a pool: stalls, throughput, and plain costs. */
@NullMarked
package io.syslet.bench.threadlets;

import org.jspecify.annotations.NullMarked;

/**
 * The completion ring beside well-known queues: 16-byte messages from several producers to one
 * consumer.
 */
@NullMarked
package io.syslet.bench.ring;

import org.jspecify.annotations.NullMarked;

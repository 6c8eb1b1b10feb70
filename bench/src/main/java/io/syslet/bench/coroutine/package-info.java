/** What a coroutine costs, beside other ways of having one. */
@NullMarked
package io.syslet.bench.coroutine;

import org.jspecify.annotations.NullMarked;

/** Programs on libraries that nobody here wrote, which know nothing of us; each has a main. */
@NullMarked
package io.syslet.threads.programs;

import org.jspecify.annotations.NullMarked;
